import { sliceCodePoints } from '@groundwork/contract/checks'
import fc from 'fast-check'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Markdown } from '../markdown/Markdown.tsx'
import { parseMarkdown } from '../markdown/parse.ts'
import { sourceRuns } from '../markdown/source-runs.ts'
import { align, type Item } from './align.ts'
import { TextMap, toCodePoints, toUnits } from './text-map.ts'

/** What the page shows of a Markdown text, as `part-dom.ts` reads it from the document. */
function shown(source: string): Item[] {
  const markup = renderToStaticMarkup(createElement(Markdown, { text: source }))
  const items: Item[] = []
  let skipped = 0
  for (const [, tag, text] of markup.matchAll(/<(!--.*?--|\/?[^>]*)>|([^<]+)/gs)) {
    if (text !== undefined) {
      if (skipped === 0)
        items.push({ text: text.replace(/&(amp|lt|gt|quot|#x27);/g, (_, name) => named[name] ?? '') })
      continue
    }
    if (tag === undefined || tag.startsWith('!')) continue
    if (tag.startsWith('/')) skipped -= Math.sign(skipped)
    else if (/\/$|^(br|hr)\b/.test(tag)) continue
    else if (skipped > 0) skipped += 1
    else if (/class="formula/.test(tag)) items.push({ whole: 'math' })
    else if (/class="image-note"/.test(tag)) items.push({ whole: 'image' })
    else if (/data-unseen="/.test(tag)) items.push({ unseen: Number(/data-unseen="(\d+)"/.exec(tag)?.[1]) })
    if (skipped === 0 && /^figcaption|class="(formula|image-note|unseen|box|hint)/.test(tag)) skipped = 1
  }
  return items
}
const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" }

const mapOf = (source: string) => new TextMap(sourceRuns(source, parseMarkdown(source)))

/** The quote of the first place where the rendered text holds this. */
function quoted(source: string, selected: string): string | undefined {
  const map = mapOf(source)
  const from = map.text.indexOf(selected)
  const extent = map.snap({ from, to: from + selected.length })
  const place = extent && map.toSource(extent)
  return place ? source.slice(place.from, place.to) : undefined
}

test.each([
  ['a **bold** word', 'bold', 'bold'],
  ['a **bold** word', 'a bold', 'a **bold**'],
  ['a **bold** word', 'bold word', '**bold** word'],
  ['a **bold** word', 'old', 'old'],
  ['see [the source](https://x.example) here', 'the source', 'the source'],
  ['see [the source](https://x.example) here', 'see the source', 'see [the source](https://x.example)'],
  ['use `a b` now', 'a b', 'a b'],
  ['5 \\* 3 &lt; 20', '*', '\\*'],
  ['5 \\* 3 &lt; 20', '<', '&lt;'],
  ['5 \\* 3 &lt; 20', '3 < 2', '3 &lt; 2'],
  ['so $x^2$ holds', 'so x', 'so $x^2$'],
  ['so \\(x^2\\) holds', '^', '\\(x^2\\)'],
  ['- one\n- two', 'two', 'two'],
  ['> a quote\n> goes on', 'quote\ngoes', 'quote\n> goes'],
  ['> a quote\r\n> goes on', 'quote\r\ngoes', 'quote\r\n> goes'],
  ['| a | b |\n| - | - |\n| `x \\| y` | z |', 'x | y', 'x \\| y'],
  ['```js\nlet a = 1\nlet b\n```', 'a = 1', 'a = 1'],
  ['- ```js\n  let a\n  let b\n  ```', 'a\nlet', 'a\n  let'],
  ['    indented\n    code', 'indented\ncode', 'indented\n    code'],
  ['a 👨‍👩‍👧 family', '👩', '👨‍👩‍👧'],
  ['cafe\u0301 au lait', 'e', 'e\u0301'],
  ['<b>text</b>', '<b>te', '<b>te'],
  ['one\\\ntwo  \nthree', 'two', 'two'],
  ['\uFEFFfirst *word*', 'word', 'word'],
  ['<https://x.example/a>', 'x.example', 'x.example'],
  ['- [x] done *well*', 'done well', 'done *well*'],
  ['Title\n=====\n\ntext', 'Title', 'Title'],
  ['## Title ##\n\ntext', 'Title', 'Title'],
])('%j: selecting %j quotes %j', (source, selected, quote) => expect(quoted(source, selected)).toBe(quote))

/** Pieces that meet in all ways: constructs, their marks alone, and characters that are more than one unit. */
const piece = fc.oneof(
  { weight: 5, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...[
        'a',
        'word',
        '👨‍👩‍👧',
        '🏴󠁧󠁢󠁳󠁣󠁴󠁿',
        'e\u0301',
        'שלום',
        'مرحبا',
        '\u200b',
        '\u202e',
        '\u2028',
        '\ufeff',
        'नमस्ते',
        '\t',
        ' ',
        '  ',
      ],
    ),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      ...[
        '*',
        '**',
        '_',
        '~~',
        '`',
        '``',
        '$',
        '$$',
        '\\',
        '\\*',
        '\\(',
        '\\)',
        '&amp;',
        '&#x301;',
        '&#0;',
        '&nope;',
        '[',
        '](u)',
        '![',
        '][r]',
        '<b>',
        '<https://e.x>',
        '|',
        '\\|',
        ':',
      ],
    ),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      ...[
        '\n',
        '\r\n',
        '\r',
        '\n\n',
        '\r\n\r\n',
        '  \n',
        '\\\n',
        '\n- ',
        '\n1. ',
        '\n> ',
        '\n>',
        '\n# ',
        '\n---\n',
        '\n===\n',
        '\n- [x] ',
        '\n    ',
        '\n\t',
        '\n```js\n',
        '\n```\n',
        '\n~~~\n',
        '\n$$\n',
        '\n| a | b |\n| - | - |\n| ',
        '\n[r]: u\n',
      ],
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...[
        '**bold**',
        '*em*',
        '***both***',
        '`co de`',
        '[link *em*](https://x.example "t")',
        '![alt](u)',
        '[![in](u)](v)',
        '$x$',
        '\\(y\\)',
        '$$z$$',
        '~~gone~~',
      ],
    ),
  },
)
const markdown = fc
  .array(piece, { maxLength: 30 })
  .map((pieces) => pieces.join('').replaceAll('\0', ''))
  .filter((text) => text.isWellFormed())

test('what is drawn lies along its source, whatever is written', () => {
  fc.assert(
    fc.property(markdown, (source) => {
      const { runs } = sourceRuns(source, parseMarkdown(source))
      expect(align(shown(source), runs), JSON.stringify(source)).not.toBe(null)
      for (const run of runs) {
        if (run.exact) expect(source.slice(run.start, run.end)).toBe(run.text)
        // Nothing but escapes, references and the spaces of tabs is a whole: no node was given up.
        else if (run.kind === 'text' && run.start < run.end)
          expect(run.text.length, JSON.stringify(source)).toBeLessThan(3)
      }
    }),
    { seed: 4, numRuns: 1_500 },
  )
})

test('any selection is a quote of the source, and the quote is drawn where the selection was', () => {
  fc.assert(
    fc.property(markdown, fc.nat(), fc.nat(), (source, one, other) => {
      const map = mapOf(source)
      const snapped = map.snap({ from: one % (map.text.length + 1), to: other % (map.text.length + 1) })
      if (!snapped) return
      const place = map.toSource(snapped)
      if (!place) throw new Error(`nothing for ${JSON.stringify(map.text.slice(snapped.from, snapped.to))}`)
      const quote = source.slice(place.from, place.to)
      const [start, end] = [toCodePoints(source, place.from), toCodePoints(source, place.to)]
      expect(sliceCodePoints(source, start, end)).toBe(quote)
      expect([toUnits(source, start), toUnits(source, end)]).toEqual([place.from, place.to])
      const back = map.toText(place)
      expect(back && map.snap(back)).toEqual(snapped)
      expect(map.snap(snapped)).toEqual(snapped)
    }),
    { seed: 5, numRuns: 4_000 },
  )
})

test('a long text is mapped at once', () => {
  const source = 'A **bold** word &amp; more. '.repeat(2_000)
  const map = mapOf(source)
  expect(map.toSource(map.snap({ from: 10, to: map.text.length - 3 }) ?? { from: 0, to: 0 })).not.toBe(null)
})
