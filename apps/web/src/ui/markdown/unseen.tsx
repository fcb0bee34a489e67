import type { ReactNode } from 'react'
import { useTranslation } from '../../i18n/react.ts'

/** Scripts whose letters are joined and parted by invisible characters, rightly. */
const JOINING =
  '\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Mong}\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Guru}\\p{scx=Gujr}\\p{scx=Orya}\\p{scx=Taml}\\p{scx=Telu}\\p{scx=Knda}\\p{scx=Mlym}\\p{scx=Sinh}\\p{scx=Khmr}\\p{scx=Mymr}\\p{scx=Tibt}'
/** Scripts without spaces, whose words may be parted by spaces without width. */
const SPACELESS = '\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}'
const PICTURE = '\\p{Extended_Pictographic}\\uFE0F\\u{1F3FB}-\\u{1F3FF}'

/** Characters that nobody sees: controls, overrides of the direction, fillers, tags, selectors without anything to select. */
const ALWAYS =
  '[\\0-\\x08\\v\\f\\x0E-\\x1F\\x7F-\\x9F\\xAD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFE00-\\uFE0D\\uFEFF\\uFFA0\\uFFF9-\\uFFFB\\u{1BCA0}-\\u{1BCA3}\\u{1D173}-\\u{1D17A}\\u{E0000}-\\u{E00FF}\\u{E01F0}-\\u{E0FFF}]'
const ONE = [
  ALWAYS,
  `(?<![${SPACELESS}])\\u200B`,
  `(?<![${JOINING}])\\u200C`,
  `(?<![${JOINING}${PICTURE}])\\u200D`,
  `\\u200D(?![${JOINING}\\p{Extended_Pictographic}])`,
  '(?<![\\p{Emoji}\\p{Extended_Pictographic}])[\\uFE0E\\uFE0F]',
  '(?<!\\p{scx=Han})[\\u{E0100}-\\u{E01EF}]',
].join('|')
/** Flags of parts of countries are written with tags. */
const FLAG = '\\u{1F3F4}[\\u{E0061}-\\u{E007A}\\u{E0030}-\\u{E0039}]{3,6}\\u{E007F}'
const unseen = new RegExp(`${FLAG}|((?:${ONE})+)`, 'gu')

const names: Record<number, string> = {
  27: 'ESC',
  173: 'SHY',
  1564: 'ALM',
  8203: 'ZWSP',
  8204: 'ZWNJ',
  8205: 'ZWJ',
  8206: 'LRM',
  8207: 'RLM',
  8232: 'LS',
  8233: 'PS',
  8234: 'LRE',
  8235: 'RLE',
  8236: 'PDF',
  8237: 'LRO',
  8238: 'RLO',
  8288: 'WJ',
  8294: 'LRI',
  8295: 'RLI',
  8296: 'FSI',
  8297: 'PDI',
  65279: 'BOM',
}

/** Text with a badge in place of every character that nobody would see, and without what those characters do. */
export function visible(text: string): ReactNode {
  // Most texts have none; the search for one costs less than the pieces.
  if (text.search(unseen) < 0) return text
  const shown: ReactNode[] = []
  let at = 0
  for (const match of text.matchAll(unseen)) {
    if (match[1] === undefined) continue
    if (match.index > at) shown.push(text.slice(at, match.index))
    at = match.index + match[0].length
    shown.push(<Unseen key={match.index} text={match[0]} />)
  }
  if (at === 0) return text
  if (at < text.length) shown.push(text.slice(at))
  return shown
}

/** A badge that names characters. They are not in the document, so that they can neither turn nor hide what stands around them. */
function Unseen({ text }: { text: string }) {
  const { t } = useTranslation()
  const name = nameOf(Array.from(text, (character) => character.codePointAt(0) ?? 0))
  return (
    <span
      className="unseen"
      role="img"
      data-unseen={text.length}
      data-name={name}
      title={t('task.unseen', { name })}
      aria-label={t('task.unseen', { name })}
    />
  )
}

function nameOf(points: number[]): string {
  if (points.every((point) => point >= 0xe0000 && point < 0xe0080)) {
    const said = points.map((point) => String.fromCharCode(Math.max(32, point - 0xe0000))).join('')
    return `TAG ${said.length > 200 ? `${said.slice(0, 200)}…` : said}`
  }
  const each = points
    .slice(0, 4)
    .map((point) => names[point] ?? `U+${point.toString(16).toUpperCase().padStart(4, '0')}`)
  if (points.length > 1 && points.every((point) => point === points[0])) return `${each[0]} ×${points.length}`
  return points.length > 4 ? `${each.join(' ')} … ×${points.length}` : each.join(' ')
}
