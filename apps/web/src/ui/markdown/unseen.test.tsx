import { isValidElement, type ReactNode } from 'react'
import { expect, test } from 'vitest'
import { visible } from './unseen.tsx'

/** What is shown, with the characters of a badge in brackets. */
const shown = (node: ReactNode): string =>
  Array.isArray(node)
    ? node.map(shown).join('')
    : isValidElement<{ text: string }>(node)
      ? `[${Array.from(node.props.text, (each) => each.codePointAt(0)?.toString(16)).join(' ')}]`
      : String(node)

test.each([
  ['safe \u202Etxt.exe\u202C the end', 'safe [202e]txt.exe[202c] the end'],
  ['\u2066\u2067\u061C\u200E\u200F', '[2066 2067 61c 200e 200f]'],
  ['pay\u200Bpal\uFEFF', 'pay[200b]pal[feff]'],
  [`x${String.fromCodePoint(0xe0068, 0xe0069)}y`, 'x[e0068 e0069]y'],
  ['bell\u0007 \u001b[31m', 'bell[7] [1b][31m'],
  ['a\u2028b\u2029c\u00ADd', 'a[2028]b[2029]c[ad]d'],
  ['a\u200Db a\u200Cb', 'a[200d]b a[200c]b'],
  ['x\uFE0F\uFE01', 'x[fe0f fe01]'],
  ['\u3164\u115F\u180E', '[3164 115f 180e]'],
])('%j is shown as %s', (text, wanted) => expect(shown(visible(text))).toBe(wanted))

test.each([
  'plain text,\n\ttabs and\r\nlines',
  '👨‍👩‍👧 ❤️ 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👩🏽‍🚀 🏳️‍🌈',
  'می‌خواهم क्‍ष ශ්‍රී',
  'ភាសា\u200Bខ្មែរ',
  '葛\u{E0100}城',
  'e\u0301 ｶﾞ',
])('what is rightly invisible stays: %j', (text) => expect(visible(text)).toBe(text))
