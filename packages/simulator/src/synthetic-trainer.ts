import {
  type Answer,
  type Assignment,
  checkText,
  type Form,
  type PreferenceAnswer,
  type PreferenceOutcome,
  type PreferenceQuestion,
  type ShownTask,
} from '@groundwork/contract'
import { fill, mistakenAnswer, randomAnswer } from './answers/random-answer.ts'
import { type Random, seededRandom, seedOf } from './random.ts'

/** How a synthetic trainer works. Shares are 0..1. */
export type Behaviour = {
  name: string
  /** Chance to see which response is better when it looks. */
  skill: number
  /** Median active seconds of a judgment. */
  secondsPerTask: number
  /** Share of tasks that it answers without reading: the first response, weakly. */
  laziness: number
  /** Chance that an undecided answer falls on the response shown first, over one half. */
  positionBias: number
  /** Answers at random, always. */
  spam: boolean
  /** Share of tasks that it skips. */
  skips: number
}

/** Behaviours drawn as in a real crowd: most people good, some careless, and as many spammers as asked for. */
export function drawBehaviours(
  count: number,
  options: {
    seed: number
    skill?: number
    laziness?: number
    positionBias?: number
    spamShare?: number
    secondsPerTask?: number
  },
): Behaviour[] {
  const random = seededRandom(options.seed)
  const spammers = Math.round(count * (options.spamShare ?? 0))
  return Array.from({ length: count }, (_, index) => ({
    name: `sim-${String(index + 1).padStart(3, '0')}`,
    skill: clamp((options.skill ?? 0.85) + (random() - 0.5) * 0.2),
    secondsPerTask: (options.secondsPerTask ?? 60) * (0.6 + 0.8 * random()),
    laziness: clamp((options.laziness ?? 0.03) * 2 * random()),
    positionBias: clamp((options.positionBias ?? 0.1) * 2 * random()),
    spam: index < spammers,
    skips: 0.01,
  }))
}

/** What a trainer does with a task: skip it, or an answer with the active time it took. */
export type Act = { skip: true } | { skip: false; answer: Answer; activeMs: number }

/** What is right for a task, as far as the simulation knows it: the class of the form's first question of classes, or a whole answer. */
export type Truth = { known?: string; answer?: Answer }

/**
 * Decides for one trainer and task; the same pair always gives the same act. Any form can be answered. What is not known to be right is drawn once for a
 * task, so that everybody who sees it sees the same.
 */
export function act(trainer: Behaviour, { form, task }: Assignment, truth: Truth, seed: number): Act {
  const random = seededRandom(seedOf(String(seed), trainer.name, task.id))
  if (random() < trainer.skips) return { skip: true }
  const good = goodAnswer(form, task, truth)
  const compares = form.questions.find((question) => question.type === 'preference')
  const answer = compares
    ? compared(trainer, form, task, compares, good, random)
    : answered(trainer, form, task, good, random)
  const activeMs = Math.round(
    trainer.secondsPerTask * 1000 * Math.exp((random() + random() + random() - 1.5) * 0.8),
  )
  return { skip: false, answer, activeMs }
}

function goodAnswer(form: Form, task: ShownTask, truth: Truth): Answer {
  if (truth.answer) return truth.answer
  const classes = form.questions.find(({ type }) => type === 'preference' || type === 'choice')
  const draw = {
    // Everybody is shown the candidates in an order of their own.
    task: { ...task, candidates: task.candidates.toSorted((a, b) => (a.id < b.id ? -1 : 1)) },
    random: seededRandom(seedOf('good', task.id)),
    wild: false,
  }
  return fill(form, draw, (question) => {
    if (question !== classes || truth.known === undefined) return undefined
    if (question.type !== 'preference') return truth.known
    return graded(truth.known as PreferenceOutcome, 2)
  })
}

/** How much of a good answer is left when somebody is wrong, and when somebody does not look. */
const LEFT = { wrong: 0.5, lazy: 0.3 }

function answered(trainer: Behaviour, form: Form, task: ShownTask, good: Answer, random: Random): Answer {
  if (trainer.spam) return randomAnswer(form, task, random)
  if (random() < trainer.laziness) return mistakenAnswer(form, task, good, LEFT.lazy, random)
  return random() < trainer.skill ? good : mistakenAnswer(form, task, good, LEFT.wrong, random)
}

/** A comparison, and what is asked beside it: a reason speaks for the choice, other questions are answered as well as anything. */
function compared(
  trainer: Behaviour,
  form: Form,
  task: ShownTask,
  compares: PreferenceQuestion,
  good: Answer,
  random: Random,
): Answer {
  const truth = good[compares.id] as PreferenceAnswer | undefined
  const judged = (outcome: PreferenceOutcome | undefined) =>
    offered(compares, judge(trainer, task, outcome ?? 'a', random))
  const preference = judged(truth?.outcome)
  const axes = (compares.axes ?? []).map(({ id }) => [id, judged(truth?.axes?.[id]?.outcome)] as const)
  const reason = reasonFor(preference.outcome, random)
  return fill(form, { task, random, wild: false }, (question, target) => {
    if (question === compares)
      return { ...preference, ...(axes.length > 0 && { axes: Object.fromEntries(axes) }) }
    if (question.type === 'text') return checkText(question, reason, '').length === 0 ? reason : undefined
    if (trainer.spam || random() >= trainer.skill) return undefined
    const value = good[question.id]
    return target === '' ? value : (value as Record<string, unknown> | undefined)?.[target]
  })
}

/** The nearest answer that the question offers. */
function offered({ ties }: PreferenceQuestion, given: PreferenceAnswer): PreferenceAnswer {
  const { outcome } = given
  if (outcome === 'a' || outcome === 'b' || ties.includes(outcome)) return given
  const [tie] = ties
  return tie ? { outcome: tie, strength: 0 } : graded('a', 1)
}

function judge(
  trainer: Behaviour,
  task: ShownTask,
  truth: PreferenceOutcome,
  random: Random,
): PreferenceAnswer {
  const shownFirst = task.candidates[0]?.id === 'b' ? 'b' : 'a'
  const other = (id: 'a' | 'b') => (id === 'a' ? 'b' : 'a')
  if (trainer.spam) return graded(random() < 0.5 ? 'a' : 'b', 1 + Math.floor(random() * 3))
  if (random() < trainer.laziness) return graded(shownFirst, 1)
  if (random() < trainer.skill) return graded(truth, 1 + Math.floor(random() * 3))
  if (truth === 'a' || truth === 'b') {
    if (random() < 0.2) return { outcome: 'tie', strength: 0 }
    return graded(other(truth), 1 + Math.floor(random() * 2))
  }
  return graded(random() < 0.5 + trainer.positionBias / 2 ? shownFirst : other(shownFirst), 1)
}

const graded = (outcome: PreferenceOutcome, strength: number): PreferenceAnswer => ({
  outcome,
  strength: outcome === 'a' ? -strength : outcome === 'b' ? strength : 0,
})

const reasons: Record<string, string[]> = {
  a: [
    'The first of the two does what was asked, and the other one gets a point wrong that matters for the person who asked this question.',
  ],
  b: [
    'The second of the two does what was asked, and the other one gets a point wrong that matters for the person who asked this question.',
  ],
  tie: [
    'Both say the same thing in other words, with the same omissions, and I would not mind at all which of the two of them I received.',
  ],
}

function reasonFor(outcome: PreferenceOutcome, random: Random): string {
  const list = reasons[outcome] ?? reasons.tie ?? []
  return list[Math.floor(random() * list.length)] ?? ''
}

const clamp = (value: number) => Math.min(1, Math.max(0, value))
