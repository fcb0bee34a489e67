import type { PreferenceOutcome, TaskPayload } from '@groundwork/contract'
import type { Row } from '../container/records.ts'
import { optionalNumber, optionalText } from '../content/fields.ts'
import { vote } from '../content/pair.ts'
import type { ReadChoices } from '../content/read-choices.ts'
import type { Verdict } from '../feedback/feedback.ts'
import type { Targets } from './data.ts'
import { readRanker } from './ranker.ts'
import { readSpans, type SpanSource } from './spans.ts'
import { textsOf, valueIn } from './value.ts'

type Source = SpanSource & { ids: Map<string, string>; choices: ReadChoices }

/** The verdicts of one annotation. Kinds of result that have no place here are left out, which is noted. */
export function readResults(results: Row[], source: Source): Verdict[] {
  const pairwise = results.find((each) => each.type === 'pairwise')
  const strength = results.find((each) => each.type === 'rating' && each.from_name === 'strength')
  const tie = results.map(tieOf).find((each) => each !== undefined)
  const verdicts: Verdict[] = []
  if (tie) verdicts.push(vote(tie, 0))
  else if (pairwise) verdicts.push(...readPairwise(pairwise, strength))
  const boxes = results.flatMap((each) => readBox(each, source))
  verdicts.push(...readSpans(results, source))
  if (boxes.length > 0) {
    verdicts.push({ type: 'boxes', boxes })
    rememberSize(results, source.task)
  }
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

function readOne(result: Row, { task, targets, ids, notes, choices }: Source): Verdict[] {
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
      const candidate = candidateNamed(result.to_name, task, targets)
      return rating === undefined ? [] : [{ type: 'rubric', candidate, scores: { [name]: rating } }]
    }
    case 'ranker':
      return readRanker(value.ranker, { ids, notes, buckets: choices.buckets })
    default:
      notes.once('result_left_out', `Results of type "${String(result.type).slice(0, 40)}" are not read.`)
      return []
  }
}

/** The size of the image stands only beside its boxes, and is needed to write them anywhere else. */
function rememberSize(results: Row[], task: TaskPayload): void {
  const box = results.find(({ type }) => type === 'rectanglelabels')
  const [width, height] = [box?.original_width, box?.original_height]
  if (typeof width === 'number' && typeof height === 'number')
    task.metadata = { ...task.metadata, width, height }
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

/** The candidate that a field became, or the one whose number the name ends with. */
function candidateNamed(name: unknown, task: TaskPayload, targets: Targets): string {
  const target = typeof name === 'string' ? targets.get(name) : undefined
  if (typeof target === 'string' && task.candidates.some(({ id }) => id === target)) return target
  const number = typeof name === 'string' ? Number(/(\d+)$/.exec(name.slice(-10))?.[1] ?? 1) : 1
  return task.candidates[number - 1]?.id ?? 'a'
}
