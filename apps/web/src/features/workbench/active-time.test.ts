import { expect, test } from 'vitest'
import { ActiveTimeMeter } from './active-time.ts'

test('counts on from what was there', () => {
  const meter = new ActiveTimeMeter(1_000, { already: 5_000 })
  expect(meter.read(3_500)).toBe(7_500)
})

test('stops a minute after the last sign of life and goes on with the next', () => {
  const meter = new ActiveTimeMeter(0)
  meter.sign(10_000)
  expect(meter.read(200_000)).toBe(70_000)
  expect(meter.isRunning(200_000)).toBe(false)
  meter.sign(300_000)
  expect(meter.isRunning(300_000)).toBe(true)
  expect(meter.read(305_000)).toBe(75_000)
})

test('reading often changes nothing', () => {
  const meter = new ActiveTimeMeter(0)
  for (let now = 0; now <= 59_000; now += 1_000) meter.read(now)
  expect(meter.read(59_000)).toBe(59_000)
  for (let now = 60_000; now <= 90_000; now += 1_000) meter.read(now)
  expect(meter.read(90_000)).toBe(60_000)
})

test('a hidden page does not count, whatever happens in it', () => {
  const meter = new ActiveTimeMeter(0)
  meter.setVisible(20_000, false)
  meter.sign(30_000)
  expect(meter.read(50_000)).toBe(20_000)
  expect(meter.isRunning(50_000)).toBe(false)
  meter.setVisible(80_000, true)
  expect(meter.read(90_000)).toBe(30_000)
})

test('a task that is opened in a hidden page starts with its first sight', () => {
  const meter = new ActiveTimeMeter(0, { visible: false })
  expect(meter.read(40_000)).toBe(0)
  meter.setVisible(40_000, true)
  expect(meter.read(41_000)).toBe(1_000)
})
