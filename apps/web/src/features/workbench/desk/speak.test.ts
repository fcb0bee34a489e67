import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { speak, speechPieces } from './speak.ts'

test('sentences stay whole and short ones are read together', () => {
  expect(speechPieces('Water boils. At 100 °C!\n\nAt sea level.')).toEqual([
    'Water boils. At 100 °C! At sea level.',
  ])
  const long = `${'word '.repeat(60)}end. Next sentence.`
  const pieces = speechPieces(long)
  expect(pieces.length).toBe(2)
  expect(pieces.every((piece) => piece.length <= 220)).toBe(true)
  expect(speechPieces('  \n ')).toEqual([])
})

test('nothing is left out and no piece is too long', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 2_000 }), (text) => {
      const pieces = speechPieces(text)
      expect(pieces.every((piece) => piece.length <= 220)).toBe(true)
      expect(pieces.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
    }),
    { seed: 7 },
  )
})

test('every piece that is read aloud is a sign of somebody who listens', () => {
  const spoken: { text: string; onstart?: () => void; onend?: () => void }[] = []
  class Utterance {
    text: string
    constructor(text: string) {
      this.text = text
    }
  }
  // A voice that says what it is given, one piece at a time; Node has none.
  vi.stubGlobal('SpeechSynthesisUtterance', Utterance)
  vi.stubGlobal('window', {
    speechSynthesis: { cancel: () => {}, speak: (piece: Utterance) => spoken.push(piece) },
  })
  let heard = 0
  let ended = 0
  speak(
    `${'word '.repeat(50)}end.`,
    { rate: 1, lang: '' },
    {
      piece: () => {
        heard += 1
      },
      end: () => {
        ended += 1
      },
    },
  )
  for (let index = 0; index < spoken.length; index++) {
    spoken[index]?.onstart?.()
    expect(heard).toBe(2 * index + 1)
    spoken[index]?.onend?.()
  }
  expect([spoken.length, heard, ended]).toEqual([2, 4, 1])
  vi.unstubAllGlobals()
})
