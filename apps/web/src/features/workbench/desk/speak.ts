/** Browsers stop in the middle of a long utterance, so that a text is read in pieces of about this length, in UTF-16 units. */
const PIECE = 220

/** A text in pieces that are read one after another, each of whole sentences where these are not too long. */
export function speechPieces(text: string): string[] {
  const pieces: string[] = []
  for (const { segment: sentence } of new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(
    text.replace(/\s+/g, ' '),
  )) {
    const last = pieces.at(-1)
    if (last !== undefined && last.length + sentence.length <= PIECE)
      pieces[pieces.length - 1] = last + sentence
    else pieces.push(...cut(sentence))
  }
  return pieces.map((piece) => piece.trim()).filter(Boolean)
}

/** A sentence that is too long, cut at spaces. */
function cut(sentence: string): string[] {
  const parts: string[] = []
  let rest = sentence
  while (rest.length > PIECE) {
    const space = rest.lastIndexOf(' ', PIECE)
    const at = space > PIECE / 2 ? space : PIECE
    parts.push(rest.slice(0, at))
    rest = rest.slice(at)
  }
  return [...parts, rest]
}

/**
 * Reads a text aloud from its beginning.
 * @param tell `piece`: a few sentences begin or are over; `end`: it was read to its end
 * @returns how to stop
 */
export function speak(
  text: string,
  options: { rate: number; lang: string },
  tell: { piece: () => unknown; end: () => void },
): () => void {
  const { speechSynthesis } = window
  const pieces = speechPieces(text)
  let stopped = false
  const next = (index: number) => {
    const piece = pieces[index]
    if (stopped) return
    if (piece === undefined) return tell.end()
    const utterance = new SpeechSynthesisUtterance(piece)
    utterance.rate = options.rate
    if (options.lang) utterance.lang = options.lang
    utterance.onstart = tell.piece
    utterance.onend = () => {
      tell.piece()
      next(index + 1)
    }
    utterance.onerror = () => !stopped && tell.end()
    speechSynthesis.speak(utterance)
  }
  speechSynthesis.cancel()
  next(0)
  return () => {
    stopped = true
    speechSynthesis.cancel()
  }
}
