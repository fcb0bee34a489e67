import type {
  Code,
  Construct,
  ConstructRecord,
  State,
  TokenizeContext,
  Tokenizer,
} from 'micromark-util-types'

const DOLLAR = 36
const BACKSLASH = 92
const closers: Record<number, number> = { 40: 41, 91: 93 } // \( \) and \[ \]

const isEol = (code: Code) => code !== null && code < -2
const isSpace = (code: Code) => code === null || code < 0 || code === 32
const isDigit = (code: Code) => code !== null && code >= 48 && code <= 57

/**
 * Mathematics in running text, between `$`, `$$`, `\( \)` or `\[ \]`. A single dollar opens and closes by Pandoc's rule (no space
 * inside at either end, no digit after the closing one), so that "between $5 and $10" stays money.
 */
const dollars: Construct = {
  name: 'mathText',
  previous: (code) => code !== DOLLAR,
  tokenize: tokenizeDollars(),
}
const brackets: Construct = { name: 'mathText', tokenize: tokenizeBrackets() }
export const mathText: ConstructRecord = { [DOLLAR]: dollars, [BACKSLASH]: brackets }

function tokenizeDollars(): Tokenizer {
  return function tokenize(effects, ok, nok) {
    let size = 0
    let closing = 0
    let before: Code = null
    return start

    function start(code: Code): State | undefined {
      effects.enter('mathText')
      effects.enter('mathTextSequence')
      return opening(code)
    }
    function opening(code: Code): State | undefined {
      if (code === DOLLAR && size < 2) {
        effects.consume(code)
        size += 1
        return opening
      }
      effects.exit('mathTextSequence')
      if (code === DOLLAR || code === null || (size === 1 && isSpace(code))) return nok(code)
      return between(code)
    }
    function between(code: Code): State | undefined {
      if (code === null) return nok(code)
      if (isEol(code)) {
        effects.enter('lineEnding')
        effects.consume(code)
        effects.exit('lineEnding')
        before = 32
        return between
      }
      if (code === DOLLAR && (size === 2 || !isSpace(before))) {
        closing = 0
        effects.enter('mathTextSequence')
        return closingSequence(code)
      }
      effects.enter('mathTextData')
      return data(code)
    }
    function data(code: Code): State | undefined {
      if (code === null || isEol(code) || (code === DOLLAR && before !== BACKSLASH)) {
        if (code === DOLLAR && size === 1 && isSpace(before)) return nok(code)
        effects.exit('mathTextData')
        return between(code)
      }
      effects.consume(code)
      // An escaped backslash escapes nothing.
      before = code === BACKSLASH && before === BACKSLASH ? 0 : code
      return data
    }
    function closingSequence(code: Code): State | undefined {
      if (code === DOLLAR && closing < size) {
        effects.consume(code)
        closing += 1
        return closingSequence
      }
      if (closing !== size || (size === 1 && isDigit(code))) return nok(code)
      effects.exit('mathTextSequence')
      effects.exit('mathText')
      return ok(code)
    }
  }
}

/** Closing brackets that a piece of text was searched for in vain: no later opening needs to search again, or it would cost a square. */
const missing = new WeakMap<TokenizeContext, Set<number>>()

function tokenizeBrackets(): Tokenizer {
  return function tokenize(this: TokenizeContext, effects, ok, nok) {
    const hopeless = missing.get(this) ?? new Set<number>()
    missing.set(this, hopeless)
    let closer = 0
    let before: Code = null
    return start

    function start(code: Code): State | undefined {
      effects.enter('mathText')
      effects.enter('mathTextSequence')
      effects.consume(code)
      return bracket
    }
    function bracket(code: Code): State | undefined {
      closer = closers[code ?? 0] ?? 0
      if (closer === 0 || hopeless.has(closer)) return nok(code)
      effects.consume(code)
      effects.exit('mathTextSequence')
      return between
    }
    function between(code: Code): State | undefined {
      if (code === null) {
        hopeless.add(closer)
        return nok(code)
      }
      if (isEol(code)) {
        effects.enter('lineEnding')
        effects.consume(code)
        effects.exit('lineEnding')
        return between
      }
      if (code === BACKSLASH)
        return effects.attempt({ tokenize: closeBracket, partial: true }, done, openData)(code)
      return openData(code)
    }
    function openData(code: Code): State | undefined {
      effects.enter('mathTextData')
      before = code
      effects.consume(code)
      return data
    }
    function data(code: Code): State | undefined {
      // A backslash may close; one that was escaped by the backslash before it may not.
      if (code === null || isEol(code) || (code === BACKSLASH && before !== BACKSLASH)) {
        effects.exit('mathTextData')
        return between(code)
      }
      before = code === BACKSLASH && before === BACKSLASH ? 0 : code
      effects.consume(code)
      return data
    }
    function done(code: Code): State | undefined {
      effects.exit('mathText')
      return ok(code)
    }
    function closeBracket(inner: typeof effects, innerOk: State, innerNok: State): State {
      return (code) => {
        inner.enter('mathTextSequence')
        inner.consume(code)
        return (next) => {
          if (next !== closer) return innerNok(next)
          inner.consume(next)
          inner.exit('mathTextSequence')
          return innerOk
        }
      }
    }
  }
}
