import type { Assignment, PreferenceAnswer, PreferenceOutcome } from '@groundwork/contract'
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
export type Act =
  | { skip: true }
  | { skip: false; answer: { preference: PreferenceAnswer; reason: string }; activeMs: number }

/**
 * Decides for one trainer and task; the same pair always gives the same act.
 * @param truth the better response, as far as the simulation knows it
 */
export function act(trainer: Behaviour, assignment: Assignment, truth: PreferenceOutcome, seed: number): Act {
  const random = seededRandom(seedOf(String(seed), trainer.name, assignment.task.id))
  if (random() < trainer.skips) return { skip: true }
  const preference = judge(trainer, assignment, truth, random)
  const activeMs = Math.round(
    trainer.secondsPerTask * 1000 * Math.exp((random() + random() + random() - 1.5) * 0.8),
  )
  return { skip: false, answer: { preference, reason: reasonFor(preference.outcome, random) }, activeMs }
}

function judge(
  trainer: Behaviour,
  assignment: Assignment,
  truth: PreferenceOutcome,
  random: Random,
): PreferenceAnswer {
  const shownFirst = assignment.task.candidates[0]?.id === 'b' ? 'b' : 'a'
  const other = (id: 'a' | 'b') => (id === 'a' ? 'b' : 'a')
  if (trainer.spam) return graded(random() < 0.5 ? 'a' : 'b', 1 + Math.floor(random() * 3))
  if (random() < trainer.laziness) return graded(shownFirst, 1)
  if (random() < trainer.skill)
    return truth === 'a' || truth === 'b'
      ? graded(truth, 1 + Math.floor(random() * 3))
      : { outcome: truth, strength: 0 }
  if (truth === 'a' || truth === 'b') {
    if (random() < 0.2) return { outcome: 'tie', strength: 0 }
    return graded(other(truth), 1 + Math.floor(random() * 2))
  }
  return graded(random() < 0.5 + trainer.positionBias / 2 ? shownFirst : other(shownFirst), 1)
}

const graded = (outcome: 'a' | 'b', strength: number): PreferenceAnswer => ({
  outcome,
  strength: outcome === 'a' ? -strength : strength,
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
