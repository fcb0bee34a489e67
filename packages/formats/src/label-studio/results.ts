import { messageText, type PreferenceOutcome, type TaskPayload } from '@groundwork/contract'
import { isRow, type Row } from '../container/records.ts'
import { checkText } from '../content/check.ts'
import { optionalNumber, optionalText } from '../content/fields.ts'
import type { Notes } from '../content/notes.ts'
import { TextOffsets } from '../content/offsets.ts'
import { vote } from '../content/pair.ts'
import type { ReadChoices } from '../content/read-choices.ts'
import type { Verdict } from '../feedback/feedback.ts'
import { readRanker } from './ranker.ts'

type Source = {
  task: TaskPayload
  ids: Map<string, string>
  notes: Notes
  choices: ReadChoices
  /** Of the messages of the context that have spans, by their number. */
  offsets: Map<number, TextOffsets>
}

/** The verdicts of one annotation. Kinds of result that have no place here are left out, which is noted. */
export function readResults(results: Row[], source: Source): Verdict[] {
  const pairwise = results.find((each) => each.type === 'pairwise')
  const strength = results.find((each) => each.type === 'rating' && each.from_name === 'strength')
  const tie = results.map(tieOf).find((each) => each !== undefined)
  const verdicts: Verdict[] = []
  if (tie) verdicts.push(vote(tie, 0))
  else if (pairwise) verdicts.push(...readPairwise(pairwise, strength))
  const spans = results.flatMap((each) => readSpan(each, source))
  const boxes = results.flatMap((each) => readBox(each, source))
  for (const target of new Set(spans.map((each) => each.target))) {
    verdicts.push({
      type: 'spans',
      target,
      spans: spans.filter((each) => each.target === target).map(({ span }) => span),
    })
  }
  if (boxes.length > 0) verdicts.push({ type: 'boxes', boxes })
  for (const each of results)
    if (each !== strength && tieOf(each) === undefined) verdicts.push(...readOne(each, source))
  return verdicts
}

function readPairwise(result: Row, strength: Row | undefined): Verdict[] {
  const selected = valueIn(result).selected
  if (selected !== 'left' && selected !== 'right') return []
  const size = strength && optionalNumber(valueIn(strength), 'rating')
  const known = size !== undefined && size >= 1 && size <= 3
  return [vote(selected === 'left' ? 'a' : 'b', known ? (selected === 'left' ? -size : size) : undefined)]
}

function tieOf(result: Row): PreferenceOutcome | undefined {
  if (result.type !== 'choices' || result.from_name !== 'tie') return undefined
  const [choice] = textsOf(valueIn(result).choices)
  return choice === 'both_good' || choice === 'both_bad' || choice === 'tie' ? choice : undefined
}

function readOne(result: Row, { task, ids, notes, choices }: Source): Verdict[] {
  const value = valueIn(result)
  const name = optionalText(result, 'from_name', 300) ?? 'rating'
  switch (result.type) {
    case 'pairwise':
    case 'labels':
    case 'hypertextlabels':
    case 'paragraphlabels':
    case 'rectanglelabels':
      return []
    case 'choices':
      return [{ type: 'classification', labels: textsOf(value.choices) }]
    case 'textarea':
      return textsOf(value.text ?? []).map((text) => ({ type: 'text', text }))
    case 'rating': {
      const rating = optionalNumber(value, 'rating')
      const candidate = candidateNamed(result.to_name, task)
      return rating === undefined ? [] : [{ type: 'rubric', candidate, scores: { [name]: rating } }]
    }
    case 'ranker':
      return readRanker(value.ranker, { ids, notes, buckets: choices.buckets })
    default:
      notes.once('result_left_out', `Results of type "${String(result.type).slice(0, 40)}" are not read.`)
      return []
  }
}

/** Offsets of the source count UTF-16 units; in paragraphs they are within the paragraph of `start`. */
function readSpan(result: Row, { task, notes, offsets: known }: Source) {
  const value = valueIn(result)
  const labels = textsOf(value.labels ?? value.hypertextlabels ?? value.paragraphlabels)
  const inParagraphs = result.type === 'paragraphlabels'
  if (result.type !== 'labels' && result.type !== 'hypertextlabels' && !inParagraphs) return []
  const first = inParagraphs ? optionalNumber(value, 'start') : 0
  const last = inParagraphs ? optionalNumber(value, 'end') : 0
  const start = optionalNumber(value, inParagraphs ? 'startOffset' : 'start')
  const end = optionalNumber(value, inParagraphs ? 'endOffset' : 'end')
  const message = first === undefined ? undefined : task.context[first]
  const text = message && messageText(message)
  const fits = start !== undefined && end !== undefined && first === last && start >= 0 && start <= end
  if (text === undefined || !fits || end > text.length) {
    notes.once('span_left_out', 'Spans over several paragraphs, or outside their text, are left out.')
    return []
  }
  const offsets = known.get(first ?? 0) ?? new TextOffsets(text)
  known.set(first ?? 0, offsets)
  const quote = text.slice(start, end)
  if (typeof value.text === 'string' && value.text !== quote) {
    notes.once(
      'quote_differs',
      'The quoted text of some spans is not what stands at their place; the place counts.',
    )
  }
  const span = { start: offsets.toCodePoints(start), end: offsets.toCodePoints(end), quote, labels }
  return quote.isWellFormed() ? [{ target: `context:${first}`, span }] : []
}

/** From percent of the image to pixels. */
function readBox(result: Row, { notes }: Source) {
  if (result.type !== 'rectanglelabels') return []
  const value = valueIn(result)
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((key) => optionalNumber(value, key))
  const across = optionalNumber(result, 'original_width')
  const down = optionalNumber(result, 'original_height')
  const [label] = textsOf(value.rectanglelabels)
  const known = [x, y, width, height, across, down].every((each) => each !== undefined)
  if (!known || label === undefined || (optionalNumber(value, 'rotation') ?? 0) !== 0) {
    notes.once('box_left_out', 'Boxes that are rotated, or have no label or image size, are left out.')
    return []
  }
  const px = (part: number | undefined, whole: number | undefined) => ((part ?? 0) / 100) * (whole ?? 0)
  return [{ x: px(x, across), y: px(y, down), width: px(width, across), height: px(height, down), label }]
}

function candidateNamed(name: unknown, task: TaskPayload): string {
  const number = typeof name === 'string' ? Number(/(\d+)$/.exec(name.slice(-10))?.[1] ?? 1) : 1
  return task.candidates[number - 1]?.id ?? 'a'
}

function valueIn(result: Row): Row {
  return isRow(result.value) ? result.value : {}
}

function textsOf(value: unknown): string[] {
  const all = Array.isArray(value) ? value : [value]
  return all.filter((each) => typeof each === 'string').map((each) => checkText(each, 'value', 2_000))
}
