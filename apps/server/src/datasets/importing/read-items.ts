import { type Answer, type Form, type TaskPayload, taskMisfit } from '@groundwork/contract'
import { type Annotation, parseMap, readTasks, type TaskItem } from '@groundwork/formats'
// Not through the door of media/, behind which half the server stands: a reader is to start quickly.
import { hasImages } from '../media/has-images.ts'
import type { ImportItem, NewItem, ReadRequest, RejectedItem } from './import-item.ts'
import { knownAnswerFault } from './known-answer.ts'
import { agreedAnswer, type SourceAnswer, sourceAnswers } from './source-answers.ts'

/** Ids by which answers to a comparison name its two candidates. */
const PAIR_IDS = ['a', 'b'] as const
/** More judgments of one task than anybody looks at. */
const MOST_REFERENCES = 200

/**
 * Reads a file into tasks that fit a form.
 * @throws FormatError when nothing of the file can be read; what the source throws
 */
export async function* readItems(
  source: AsyncIterable<Uint8Array>,
  { format, map, form, annotations, skip }: ReadRequest,
): AsyncGenerator<ImportItem> {
  const pairs = comparesTwo(form)
  const options = {
    format,
    map: map === null ? undefined : parseMap(map),
    kinds: pairs ? ('pairs' as const) : ('all' as const),
  }
  let skipped = 0
  for await (const item of readTasks(source, options)) {
    if (item.kind === 'note') continue
    if (item.kind === 'source') yield { kind: 'source', format: item.format, evidence: item.evidence }
    else if (skipped < skip) skipped++
    else yield item.kind === 'rejected' ? item : fitItem(item, form, annotations)
  }
}

/** A task as it will be stored, or why nobody could judge it with the form. */
export function fitItem(
  item: TaskItem,
  form: Form,
  annotations: ReadRequest['annotations'],
): NewItem | RejectedItem {
  const problem = taskMisfit(form, item.task)
  return problem ? { kind: 'rejected', line: item.line, ...problem } : newItem(item, form, annotations)
}

function newItem(
  item: TaskItem,
  form: Form,
  annotations: ReadRequest['annotations'],
): NewItem | RejectedItem {
  const { task, names } = comparesTwo(form) ? withAnswerIds(item.task) : { task: item.task, names: null }
  const all = annotations === 'ignore' ? [] : item.annotations
  const named = names ? all.map((each) => renamed(each, names)) : all
  const said = annotations === 'reference' ? named.slice(0, MOST_REFERENCES) : []
  const gold = annotations === 'gold' ? goldOf(item, sourceAnswers(form, task, named), form) : null
  const fault = gold && knownAnswerFault(form, gold, task)
  if (fault) return { kind: 'rejected', line: item.line, code: 'wrong_known_answer', message: fault }
  return {
    kind: 'task',
    line: item.line,
    dedupeKey: item.dedupeKey,
    externalId: task.externalId ?? null,
    goldJson: gold && JSON.stringify(gold),
    unusable: annotations === 'gold' && gold === null && item.annotations.length > 0,
    images: hasImages(task),
    references: said.length > 0 ? JSON.stringify(said) : null,
    payload: JSON.stringify(task),
  }
}

/** What the source gives as the answer; where it gives none, what it concludes or what all of its people say alike. */
function goldOf({ gold, known }: TaskItem, said: readonly SourceAnswer[], form: Form): Answer | null {
  const compares = form.questions.find(({ type }) => type === 'preference')?.id
  const concluded = gold && compares !== undefined ? { [compares]: gold } : null
  const agreed = agreedAnswer(said)
  return known || concluded || agreed ? { ...agreed, ...concluded, ...known } : null
}

/** The task with the candidate ids that answers speak of, the first of a pair `a` and the second `b`; and the new names, if they are new. */
function withAnswerIds(task: TaskPayload): { task: TaskPayload; names: Map<string, string> | null } {
  if (task.candidates.every(({ id }, index) => id === PAIR_IDS[index])) return { task, names: null }
  const names = new Map(task.candidates.map(({ id }, index) => [id, PAIR_IDS[index] ?? id]))
  const candidates = task.candidates.map((each) => ({ ...each, id: names.get(each.id) ?? each.id }))
  return { task: { ...task, candidates }, names }
}

function renamed(annotation: Annotation, names: ReadonlyMap<string, string>): Annotation {
  const { verdict } = annotation
  const name = (id: string) => names.get(id) ?? id
  switch (verdict.type) {
    case 'pairwise':
      return { ...annotation, verdict: { ...verdict, a: name(verdict.a), b: name(verdict.b) } }
    case 'ranking': {
      const ranks = verdict.ranks.map((each) => ({ ...each, candidate: name(each.candidate) }))
      return { ...annotation, verdict: { ...verdict, ranks } }
    }
    case 'rubric':
    case 'thumb':
    case 'steps':
    case 'demonstration':
      return { ...annotation, verdict: { ...verdict, candidate: name(verdict.candidate) } }
    case 'spans':
      return { ...annotation, verdict: { ...verdict, target: name(verdict.target) } }
    default:
      return annotation
  }
}

export const comparesTwo = (form: Form): boolean => form.questions.some(({ type }) => type === 'preference')
