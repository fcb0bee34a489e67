import { createHash } from 'node:crypto'
import { type Answer, isUnanswered, type Question, type TaskPayload } from '@groundwork/contract'
import {
  type Annotation,
  canonicalJson,
  type Feedback,
  type RowAbout,
  type Verdict,
} from '@groundwork/formats'
import { ballotOf } from './ballots.ts'
import type { Consensus, Decided, MappingContext, Piece } from './mapping.ts'
import { isTool, mappingOf, type Plan, takesTasksAlone } from './registry.ts'

/** A judgment as an export needs it. `by` is the name under which its person appears. */
export type ExportJudgment = {
  id: string
  trainerId: string
  by: string
  answer: Answer
  guidelineVersion: number
  formVersion: number
  submittedAt: string
  late: boolean
  accepted: boolean
  /** The flag of the team that leaves it out; null: it counts. */
  setAside: 'open' | 'excluded' | null
  /** What the person says to know, the highest level first. */
  expertise: readonly { domain: string; level: string }[]
}

export type ExportTask = {
  id: string
  payload: TaskPayload
  consensus: Consensus
  /** What is known to be right, by question. */
  known?: Answer | null
  judgments: ExportJudgment[]
}

/** Where a row comes from. */
export type Origin = {
  taskId: string
  judgments: ExportJudgment[]
  confidence: number | null
  /** How the people of the task voted on a row that is about these candidates. */
  votes: (about?: RowAbout) => Votes
  /** What was written beside each of the judgments; null where nothing was. */
  rationales: (string | null)[]
}
export type ExportFeedback = Feedback & {
  origin: Origin
  /** Why what could have followed beside it does not. */
  drops?: readonly string[]
}
/** In the terms of a row, see {@link ballotOf}. */
export type Votes = {
  /** How often each was given, most frequent first. */
  all: [answer: string, count: number][]
  /** The same by the highest level of expertise that people state. */
  groups: [level: string, answer: string, count: number][]
}

/** Why a task gives nothing, before a writer has looked at it. */
export type TaskDrop =
  | 'too_few_judgments'
  | 'judgments_set_aside'
  | 'not_decided'
  | 'low_confidence'
  | 'low_agreement'
  | 'not_unanimous'
  | 'question_not_answered'
  | 'form_cannot_feed'

/** What the judgments of a task say in the terms of a format, or why they say nothing. */
export function feedbackOf(whole: ExportTask, plan: Plan): ExportFeedback[] | TaskDrop {
  const task = { ...whole, payload: withoutBrief(whole.payload, plan) }
  const { options, decider } = plan
  const inTime = task.judgments.filter(({ late }) => !late)
  const counted = inTime.filter(({ setAside }) => setAside === null)
  const wanted = inTime.filter((judgment) => isChosen(judgment, plan))
  const chosen = wanted.filter((judgment) => !isLeftOut(judgment, options))
  // What is known needs nobody's judgment.
  const isKnown = plan.format === 'openai-rft' && options.minJudgments === 1 && !decider && hasAnswer(task)
  if (chosen.length < options.minJudgments && !isKnown) {
    return wanted.length < options.minJudgments ? 'too_few_judgments' : 'judgments_set_aside'
  }
  const groupId = options.splitBy === 'task' ? task.id : promptKey(whole.payload)
  const origin = (judgments: ExportJudgment[], over: Partial<Origin> = {}): Origin => ({
    taskId: task.id,
    judgments,
    confidence: null,
    votes: () => ({ all: [], groups: [] }),
    rationales: judgments.map((each) => rationaleOf(plan, each) ?? null),
    ...over,
  })
  if (!decider) {
    if (!takesTasksAlone(plan)) return 'form_cannot_feed'
    const known = task.known && { known: task.known }
    return [{ task: task.payload, groupId, annotations: [], origin: origin(chosen), ...known }]
  }
  const { question } = decider
  const context: MappingContext = { ...plan, task: task.payload, axis: decider.axis }
  const mapping = mappingOf(question)
  const answered = chosen.filter(({ answer }) => !isUnanswered(answer[question.id]))
  if (answered.length === 0) return 'question_not_answered'
  const top = Math.max(0, ...countsOf(classesOf(question, answered, context)).map(([, count]) => count))
  const votes = (about?: RowAbout): Votes => {
    const of = (judgments: ExportJudgment[]) =>
      countsOf(judgments.map(({ answer }) => ballotOf(plan, answer, context, about)))
    return {
      all: of(answered),
      groups: [...Map.groupBy(answered, levelOf)]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .flatMap(([level, judgments]) =>
          of(judgments).map(([answer, count]): Votes['groups'][number] => [level, answer, count]),
        ),
    }
  }
  if (top / answered.length < options.minAgreement) return 'low_agreement'

  const of = (judgments: ExportJudgment[], annotations: Annotation[], confidence: number | null) => ({
    task: task.payload,
    groupId,
    annotations,
    origin: origin(judgments, { confidence, votes }),
  })
  const finish = (each: ExportFeedback, pieces: Piece[]) => bothWays(split(each, pieces), plan)
  const single = (judgment: ExportJudgment) => {
    const rationale = rationaleOf(plan, judgment)
    const pieces = piecesOf(plan, judgment.answer, context)
    return finish(
      of([judgment], [], null),
      pieces.map((piece) => ({ ...piece, rationale })),
    )
  }

  if (options.rule === 'every_judgment') return answered.flatMap(single)
  if (options.rule === 'unanimous' && top < answered.length) return 'not_unanimous'
  // What nothing is made of together stands side by side in a tool, under the names of those who said it.
  if (!mapping.combine && options.rule === 'consensus' && isTool(plan.format))
    return [
      of(
        answered,
        answered.flatMap((judgment) => personal(plan, judgment, context)),
        null,
      ),
    ]
  if (!mapping.combine)
    return (options.rule === 'unanimous' ? answered.slice(0, 1) : answered).flatMap(single)

  const complete =
    options.rule === 'consensus' &&
    chosen.length === counted.length &&
    chosen.every(({ setAside }) => setAside === null)
  const questions = plan.ratings.length > 0 ? plan.ratings : [question]
  const decided = questions.map((each) => decide(each, complete ? task.consensus : {}, answered, context))
  if (decided.every(({ value }) => value === null)) return 'not_decided'
  const confidences = decided.flatMap(({ confidence }) => confidence ?? [])
  const confidence = confidences.length > 0 ? Math.min(...confidences) : null
  if (confidence !== null && confidence < options.minConfidence) return 'low_confidence'
  const pieces = decided.flatMap(({ value }, index) => {
    const each = questions[index]
    return value === null || !each ? [] : mappingOf(each).pieces(each, value, context)
  })
  const people = answered.flatMap((judgment) => personal(plan, judgment, context))
  return finish(of(answered, people, confidence), mergeRatings(pieces))
}

const hasAnswer = ({ known, payload }: ExportTask): boolean =>
  (known !== null && known !== undefined) || (payload.reference !== null && payload.reference !== undefined)

/** What only told the trainer what to write is nothing that a model should learn from. */
function withoutBrief(task: TaskPayload, { form }: Plan): TaskPayload {
  const brief = form.blocks.some((block) => block.type === 'context' && block.brief)
  return brief ? { ...task, context: [] } : task
}

const isChosen = (judgment: ExportJudgment, { options }: Plan): boolean =>
  (!options.acceptedOnly || judgment.accepted) &&
  isByThem(judgment, options) &&
  (options.guidelineVersions.length === 0 || options.guidelineVersions.includes(judgment.guidelineVersion)) &&
  (options.from === null || Date.parse(judgment.submittedAt) >= Date.parse(options.from)) &&
  (options.until === null || Date.parse(judgment.submittedAt) < Date.parse(options.until))

/** Whether the team has left a judgment out of what is exported with these options. */
export const isLeftOut = (
  { setAside }: Pick<ExportJudgment, 'setAside'>,
  { includeFlagged }: Pick<Plan['options'], 'includeFlagged'>,
): boolean => setAside === 'excluded' || (setAside === 'open' && !includeFlagged)

/** Whether the person is one of those whose judgments are asked for. */
const isByThem = (
  { expertise }: ExportJudgment,
  { levels, domains }: Pick<Plan['options'], 'levels' | 'domains'>,
): boolean =>
  (levels.length === 0 && domains.length === 0) ||
  expertise.some(
    ({ domain, level }) =>
      (levels.length === 0 || levels.some((each) => each === level)) &&
      (domains.length === 0 || domains.some((each) => each === domain)),
  )

const levelOf = ({ expertise }: ExportJudgment): string => expertise[0]?.level ?? 'not_stated'

/** The stored consensus where it is of exactly these judgments, else what they come to by counting. */
function decide(
  question: Question,
  consensus: Consensus,
  judgments: ExportJudgment[],
  context: MappingContext,
): Decided {
  const mapping = mappingOf(question)
  const stored = mapping.decided?.(question, consensus, context)
  if (stored) return stored
  const values = judgments.flatMap(({ answer }) => {
    const value = answer[question.id]
    return isUnanswered(value) ? [] : [value]
  })
  return mapping.combine?.(question, values, context) ?? { value: null, confidence: null }
}

/** What one answer says: the deciding question, or all ratings together. */
function piecesOf(plan: Plan, answer: Answer, context: MappingContext): Piece[] {
  const questions = plan.ratings.length > 0 ? plan.ratings : plan.decider ? [plan.decider.question] : []
  return mergeRatings(
    questions.flatMap((question) => {
      const value = answer[question.id]
      return isUnanswered(value) ? [] : mappingOf(question).pieces(question, value, context)
    }),
  )
}

/** Ratings of one candidate on several questions are one rating on several criteria. */
function mergeRatings(pieces: Piece[]): Piece[] {
  const merged = new Map<string, Extract<Verdict, { type: 'rubric' }>>()
  const others: Piece[] = []
  for (const piece of pieces) {
    const verdict = 'own' in piece || 'drop' in piece ? undefined : piece.verdict
    if (verdict?.type !== 'rubric') others.push(piece)
    else {
      const known = merged.get(verdict.candidate)
      merged.set(verdict.candidate, { ...verdict, scores: { ...known?.scores, ...verdict.scores } })
    }
  }
  return [...others, ...[...merged.values()].map((verdict) => ({ verdict }))]
}

/** The votes of a person beside what the task comes to, for formats that show them. */
function personal(plan: Plan, judgment: ExportJudgment, context: MappingContext): Annotation[] {
  const rationale = rationaleOf(plan, judgment)
  const votes = piecesOf(plan, judgment.answer, context).flatMap((piece): Annotation[] =>
    'own' in piece || 'drop' in piece || !piece.verdict
      ? []
      : [{ by: judgment.by, ...(rationale !== undefined && { rationale }), verdict: piece.verdict }],
  )
  return [...votes, ...commentsOn(plan, judgment, context)]
}

/** Texts about the first two responses, under the names by which HelpSteer3 knows them. */
function commentsOn({ form }: Plan, { by, answer }: ExportJudgment, { task }: MappingContext): Annotation[] {
  const asked = form.questions.find((each) => each.type === 'text' && each.each === 'candidate')
  const given = asked && answer[asked.id]
  if (typeof given !== 'object' || given === null) return []
  return task.candidates.slice(0, 2).flatMap(({ id }, index): Annotation[] => {
    const text = (given as Record<string, unknown>)[id]
    return typeof text === 'string'
      ? [{ by: `${by}:feedback${index + 1}`, verdict: { type: 'text', text } }]
      : []
  })
}

/** The first text that a person wrote about the whole task. */
function rationaleOf({ form, decider }: Plan, { answer }: ExportJudgment): string | undefined {
  for (const question of form.questions) {
    if (question.type !== 'text' || question.id === decider?.question.id) continue
    const given = answer[question.id]
    if (typeof given === 'string' && !isUnanswered(given)) return given
  }
  return undefined
}

/** Verdicts on the task stay together; tasks of their own are feedback of their own. */
function split(
  each: ExportFeedback,
  pieces: (Piece & { rationale?: string | undefined })[],
): ExportFeedback[] {
  const here = pieces.filter((piece) => !('own' in piece) && !('drop' in piece))
  const drops = pieces.flatMap((piece) => ('drop' in piece ? [piece.drop] : []))
  const own = pieces.flatMap((piece) =>
    'own' in piece
      ? [{ ...each, task: piece.own, annotations: piece.verdict ? [annotationOf(piece)] : [] }]
      : [],
  )
  const [first, ...others] = own
  if (first && here.length === 0) return [{ ...first, ...(drops.length > 0 && { drops }) }, ...others]
  const whole = { ...each, annotations: [...here.map(annotationOf), ...each.annotations] }
  return [{ ...whole, ...(drops.length > 0 && { drops }) }, ...own]
}

const annotationOf = (piece: Piece & { rationale?: string | undefined }): Annotation => ({
  verdict: ('verdict' in piece ? piece.verdict : undefined) as Verdict,
  ...(piece.rationale !== undefined && { rationale: piece.rationale }),
})

/** A tie as a preference in both directions, for trainers that want it so. */
function bothWays(all: ExportFeedback[], { options, wants }: Plan): ExportFeedback[] {
  if (options.ties !== 'both_ways' || !wants.has('rewrite')) return all
  return all.flatMap((each): ExportFeedback[] => {
    const [first] = each.annotations
    if (first?.by !== undefined || first?.verdict.type !== 'pairwise') return [each]
    const { verdict } = first
    if (verdict.outcome !== 'tie' && verdict.outcome !== 'both_good') return [each]
    return (['a', 'b'] as const).map((outcome) => ({
      ...each,
      annotations: [{ verdict: { ...verdict, outcome, strength: null } }],
    }))
  })
}

/** By what answers are the same, where a question has a measure of its own. */
function classesOf(question: Question, judgments: ExportJudgment[], context: MappingContext) {
  const mapping = mappingOf(question)
  return judgments.map(({ answer }) => {
    const value = answer[question.id]
    return mapping.classOf ? mapping.classOf(question, value, context) : canonicalJson(value)
  })
}

function countsOf(given: (string | undefined)[]): [string, number][] {
  const said = given.filter((each) => each !== undefined)
  return [...Map.groupBy(said, (each) => each)]
    .map(([name, all]): [string, number] => [name, all.length])
    .sort(([one, n], [other, m]) => m - n || (one < other ? -1 : 1))
}

const promptKey = ({ context }: TaskPayload): string =>
  createHash('sha256').update(canonicalJson(context)).digest('hex')
