import { messageText, type TaskPayload } from '@groundwork/contract'
import type { Row } from '../container/records.ts'
import type { Notes } from '../content/notes.ts'
import { TextOffsets } from '../content/offsets.ts'
import type { Verdict } from '../feedback/feedback.ts'
import type { Targets } from './data.ts'
import { textsOf, valueIn } from './value.ts'

export type SpanSource = {
  task: TaskPayload
  targets: Targets
  notes: Notes
  /** Of the texts that have spans, by their places. */
  offsets: Map<string, TextOffsets>
}

type Spans = Extract<Verdict, { type: 'spans' }>
const kinds = ['labels', 'hypertextlabels', 'paragraphlabels']

/** The spans of one annotation, by the texts in which they are. What is not where it says is left out and counted. */
export function readSpans(results: Row[], source: SpanSource): Spans[] {
  const found = results.flatMap((each) => (kinds.includes(String(each.type)) ? readSpan(each, source) : []))
  return [...Map.groupBy(found, ({ target }) => target)].map(([target, spans]) => ({
    type: 'spans',
    target,
    spans: spans.map(({ span }) => span),
  }))
}

/** Offsets of the source count UTF-16 units; in paragraphs they are within the paragraph of `start`. */
function readSpan(result: Row, source: SpanSource): { target: string; span: Spans['spans'][number] }[] {
  const { notes } = source
  const value = valueIn(result)
  const inParagraphs = result.type === 'paragraphlabels'
  const paragraph = inParagraphs ? wholeNumber(value.start) : undefined
  const start = wholeNumber(inParagraphs ? value.startOffset : value.start)
  const end = wholeNumber(inParagraphs ? value.endOffset : value.end)
  const within = !inParagraphs || (paragraph !== undefined && paragraph === wholeNumber(value.end))
  if (start === undefined || end === undefined || start > end || !within) {
    notes.count('span_left_out', 'Spans over several paragraphs, or without a place in a text, are left out')
    return []
  }
  const quoted = typeof value.text === 'string' ? value.text : undefined
  const named = placesOf(result.to_name, paragraph, source)
  const fitting = named.filter((target) => fits(textAt(source.task, target), start, end, quoted))
  const [target, another] = fitting
  if (target === undefined) {
    notes.count('quote_differs', 'Spans whose quoted text is not what stands at their place are left out')
    return []
  }
  if (another !== undefined) {
    notes.count('span_target_unknown', 'Spans that could be in several texts are left out')
    return []
  }
  const text = textAt(source.task, target)
  const offsets = source.offsets.get(target) ?? new TextOffsets(text)
  source.offsets.set(target, offsets)
  const quote = text.slice(start, end)
  const labels = textsOf(value.labels ?? value.hypertextlabels ?? value.paragraphlabels)
  const span = { start: offsets.toCodePoints(start), end: offsets.toCodePoints(end), quote, labels }
  return [{ target, span }]
}

/**
 * The texts in which a span may be. `to_name` is the name of a tag of the labelling configuration, which is nearly always also that of the field; where it
 * is not, any text may be meant, and the quote decides.
 */
function placesOf(name: unknown, paragraph: number | undefined, { targets }: SpanSource): string[] {
  const field = typeof name === 'string' ? targets.get(name) : undefined
  return (field === undefined ? [...targets.values()] : [field]).flatMap((each) => {
    if (paragraph === undefined) return typeof each === 'string' ? [each] : []
    return typeof each === 'string' ? [] : each.slice(paragraph, paragraph + 1)
  })
}

/** Without a quote there is nothing but the length of the text to go by. Line ends of quotes are written as `\n` by some releases. */
function fits(text: string, start: number, end: number, quoted: string | undefined): boolean {
  const quote = text.slice(start, end)
  if (end > text.length || !quote.isWellFormed()) return false
  return quoted === undefined || quoted === quote || quoted.replaceAll('\\n', '\n') === quote
}

function textAt({ context, candidates }: TaskPayload, target: string): string {
  const index = /^context:(\d+)$/.exec(target)?.[1]
  const message =
    index === undefined ? candidates.find(({ id }) => id === target)?.messages[0] : context[Number(index)]
  return message ? messageText(message) : ''
}

/** Numbers may be written as text; hypertext says by a path where it starts, which is none. */
function wholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : undefined
}
