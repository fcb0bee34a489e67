import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ImageJob, ImageResult } from './image-child.ts'
import { admitImage, broken } from './image-rules.ts'

/** Images decoded at once; each may take a few hundred megabytes. */
const HANDS = 2
/** An image that takes longer is given up. */
const MOST_MS = 30_000
const IDLE_MS = 20_000

type Hand = { child: ChildProcess; idle?: NodeJS.Timeout }

const free: Hand[] = []
const waiting: ((hand: Hand | null) => void)[] = []
let working = 0

/**
 * Decodes an image and writes it anew: upright, without metadata, as PNG, JPEG or WebP. It runs in another process; an image that
 * crashes its decoder is a bad image and nothing else.
 * @param limits tests are less patient
 */
export async function cleanImage(bytes: Uint8Array, limits = { ms: MOST_MS }): Promise<ImageResult> {
  const admitted = admitImage(bytes)
  if ('problem' in admitted) return admitted
  const hand = await takeHand()
  const result = await work(hand, { bytes, kind: admitted.kind }, limits.ms)
  if (hand.child.connected && hand.child.exitCode === null && hand.child.signalCode === null) giveBack(hand)
  else giveBack(null)
  return result
}

function work({ child }: Hand, job: ImageJob, ms: number): Promise<ImageResult> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      end({ problem: broken('it takes too long.') })
      child.kill('SIGKILL')
      if (child.connected) child.disconnect()
    }, ms)
    const answered = (result: ImageResult | 'ready') => {
      if (result !== 'ready') end(result)
    }
    const died = () => end({ problem: broken('it broke its decoder.') })
    const end = (result: ImageResult) => {
      clearTimeout(timer)
      child.off('message', answered).off('exit', died).off('error', died)
      resolve(result)
    }
    child.on('message', answered).on('exit', died).on('error', died)
    child.send(job, (error) => error && died())
  })
}

async function takeHand(): Promise<Hand> {
  if (working >= HANDS) {
    const handed = await new Promise<Hand | null>((resolve) => waiting.push(resolve))
    return handed ?? newHand()
  }
  working++
  for (let hand = free.pop(); hand; hand = free.pop()) {
    clearTimeout(hand.idle)
    if (hand.child.connected) return hand
  }
  return newHand()
}

/** Hands on what is still good; null when its process is gone. */
function giveBack(hand: Hand | null): void {
  const next = waiting.shift()
  if (next) {
    next(hand)
    return
  }
  working--
  if (!hand) return
  hand.idle = setTimeout(() => {
    forget(hand)
    if (hand.child.connected) hand.child.disconnect()
  }, IDLE_MS).unref()
  free.push(hand)
}

/** A process that holds up nobody's end: it goes when this one does. */
function newHand(): Hand {
  const child = fork(fileURLToPath(new URL('./image-child.ts', import.meta.url)), [], {
    serialization: 'advanced',
    execArgv: ['--max-old-space-size=256'],
    // Nothing of the server's settings and secrets.
    env: { VIPS_BLOCK_UNTRUSTED: '1', MALLOC_ARENA_MAX: '2' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  child.unref()
  child.channel?.unref()
  const hand: Hand = { child }
  child.on('exit', () => {
    forget(hand)
    clearTimeout(hand.idle)
  })
  child.on('error', () => {})
  return hand
}

function forget(hand: Hand): void {
  const at = free.indexOf(hand)
  if (at >= 0) free.splice(at, 1)
}
