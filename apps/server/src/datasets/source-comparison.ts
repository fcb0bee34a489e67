import type { Form, SourceComparison } from '@groundwork/contract'
import type { Annotation } from '@groundwork/formats'
import type { Deps } from '../platform/index.ts'
import { formOf, type ProjectHeader } from '../projects/index.ts'
import { consensusOfOne, rightByQuestion } from '../quality/index.ts'
import {
  type ComparedTask,
  comparedTasks,
  countReferencedTasks,
  trainerNames,
} from './importing/reference-queries.ts'
import { agreedAnswer, sourceAnswers } from './importing/source-answers.ts'

const PAGE = 500
/** Tasks gone through for an answer; what they say of agreement changes little with more. */
const MOST_TASKS = 20_000
const MOST_ANNOTATORS = 50

type Same = SourceComparison['annotators'][number]['answers']

/**
 * Compares the judgments that came with imported tasks with those of the project's own people: every annotator with the consensus, every trainer
 * with what the source is sure of (its own conclusion, or what all of its people say alike).
 */
export async function sourceComparison(
  { database }: Deps,
  project: ProjectHeader,
): Promise<SourceComparison> {
  const scope = { organization: project.organization_id }
  const { form, all } = await database.transaction(scope, async (tx) => ({
    form: await formOf(tx, project.id, project.form_version),
    all: await countReferencedTasks(tx, project.id),
  }))
  const annotators = new Tally<string | null>(form)
  const trainers = new Tally<string>(form)
  let seen = 0
  for (let after = 0n; seen < MOST_TASKS; ) {
    const page = await database.transaction(scope, (tx) => comparedTasks(tx, project.id, after, PAGE))
    for (const task of page) compare(form, task, annotators, trainers)
    seen += page.length
    const last = page.at(-1)
    if (!last || page.length < PAGE) break
    after = last.seq
  }
  const listed = annotators.list()
  const people = trainers.list()
  const names = await database.transaction(scope, (tx) =>
    trainerNames(
      tx,
      people.map(({ who }) => who),
    ),
  )
  return {
    tasks: { seen, all },
    annotators: listed.slice(0, MOST_ANNOTATORS).map(({ who, answers }) => ({ annotator: who, answers })),
    moreAnnotators: Math.max(0, listed.length - MOST_ANNOTATORS),
    trainers: people.map(({ who, answers }) => ({
      trainer: { id: who, name: names.get(who) ?? '' },
      answers,
    })),
  }
}

function compare(
  form: Form,
  { payload, consensus, references, judgments }: ComparedTask,
  annotators: Tally<string | null>,
  trainers: Tally<string>,
): void {
  const annotations = references.map(
    ({ by, verdict }) => ({ ...(by !== null && { by }), verdict }) as Annotation,
  )
  const said = sourceAnswers(form, payload, annotations)
  for (const { by, answer } of said) annotators.add(by, rightByQuestion(form, consensus ?? {}, answer))
  const sure = agreedAnswer(said)
  if (!sure) return
  for (const { trainerId, answer } of judgments)
    trainers.add(trainerId, rightByQuestion(form, consensusOfOne(form, trainerId, answer), sure))
}

/** Who was compared how often, and how often it was the same, question by question. */
class Tally<Who> {
  #counts = new Map<Who, Map<string, { tasks: number; same: number }>>()
  readonly form: Form

  constructor(form: Form) {
    this.form = form
  }

  add(who: Who, compared: { question: string; right: boolean }[]): void {
    if (compared.length === 0) return
    const counts = this.#counts.get(who) ?? new Map<string, { tasks: number; same: number }>()
    this.#counts.set(who, counts)
    for (const { question, right } of compared) {
      const count = counts.get(question) ?? { tasks: 0, same: 0 }
      counts.set(question, { tasks: count.tasks + 1, same: count.same + (right ? 1 : 0) })
    }
  }

  /** Who was compared on most tasks first; questions in the order of the form. */
  list(): { who: Who; answers: Same }[] {
    const most = (counts: ReadonlyMap<string, { tasks: number }>) =>
      Math.max(...[...counts.values()].map(({ tasks }) => tasks))
    return [...this.#counts]
      .toSorted(([, one], [, other]) => most(other) - most(one))
      .map(([who, counts]) => ({
        who,
        answers: this.form.questions.flatMap(({ id }) => {
          const count = counts.get(id)
          return count ? [{ question: id, ...count }] : []
        }),
      }))
  }
}
