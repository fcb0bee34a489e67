import {
  type Answer,
  type AnswerTask,
  eachOf,
  type Form,
  isAsked,
  isUnanswered,
  type Question,
  type QuestionType,
  targetsOf,
  validateAnswer,
} from '@groundwork/contract'
import type { Random } from '../random.ts'
import { randomChoice, randomMultichoice, randomScale } from './choices.ts'
import { randomPreference, randomRanking } from './comparisons.ts'
import { randomBoxes, randomSources, randomSpans, randomSteps } from './marks.ts'
import { randomRewrite, randomText, randomTurns } from './writing.ts'

/** How values come about. */
export type Draw = {
  task: AnswerTask
  random: Random
  /** Texts hold what text can hold: emoji, right-to-left, line separators, line ends of every kind. */
  wild: boolean
}

/** A value of a question of one type, for one target of it; undefined: the task leaves nothing to answer with. */
export type Generator<Q extends Question> = (question: Q, draw: Draw, target: string) => unknown

/** One per question type. */
const generators: { [T in QuestionType]: Generator<Extract<Question, { type: T }>> } = {
  preference: randomPreference,
  ranking: randomRanking,
  scale: randomScale,
  choice: randomChoice,
  multichoice: randomMultichoice,
  text: randomText,
  rewrite: randomRewrite,
  spans: randomSpans,
  steps: randomSteps,
  boxes: randomBoxes,
  sources: randomSources,
  turns: randomTurns,
}

/** How often a question that may be left open is answered. */
const OPTIONAL_ANSWERED = 0.6

/**
 * An answer that somebody could give who has not read anything: complete, valid, at random. The same random numbers give the same answer.
 * @param options.wild see {@link Draw}
 */
export const randomAnswer = (
  form: Form,
  task: AnswerTask,
  random: Random,
  options: { wild?: boolean } = {},
): Answer => fill(form, { task, random, wild: options.wild ?? false }, () => undefined)

/**
 * A good answer as somebody gives it who is wrong here and there: each value is kept or drawn anew. What has to follow from a changed one follows.
 * @param keep chance of each value to stay
 */
export function mistakenAnswer(
  form: Form,
  task: AnswerTask,
  good: Answer,
  keep: number,
  random: Random,
): Answer {
  const draw = { task, random, wild: false }
  const mistaken = fill(form, draw, (question, target) => {
    const value = good[question.id]
    if (isUnanswered(value) || random() >= keep) return undefined
    return target === '' ? value : (value as Record<string, unknown>)[target]
  })
  return validateAnswer(form, mistaken, task).length === 0 ? mistaken : randomAnswer(form, task, random)
}

/**
 * Answers question after question, so that conditions see what was answered before.
 * @param given a value to take instead of a random one; undefined: draw one. The target is empty for the whole task.
 */
export function fill(form: Form, draw: Draw, given: (question: Question, target: string) => unknown): Answer {
  const answer: Answer = {}
  for (const question of form.questions) {
    const valueFor = (target: string) => {
      if (!isAsked(form, question, answer, target === '' ? undefined : target)) return undefined
      const taken = given(question, target)
      if (!isUnanswered(taken)) return taken
      const open = !question.required && draw.random() >= OPTIONAL_ANSWERED
      return open ? undefined : generate(question, draw, target)
    }
    const value =
      eachOf(question) === 'task' ? valueFor('') : recordOf(targetsOf(question, draw.task) ?? [], valueFor)
    if (!isUnanswered(value)) answer[question.id] = value
  }
  return answer
}

const generate = (question: Question, draw: Draw, target: string) =>
  (generators[question.type] as Generator<Question>)(question, draw, target)

/** Undefined when no target has a value. */
function recordOf(targets: string[], valueFor: (target: string) => unknown): unknown {
  const entries = targets.flatMap((target) => {
    const value = valueFor(target)
    return isUnanswered(value) ? [] : [[target, value] as const]
  })
  return entries.length > 0 ? Object.fromEntries(entries) : undefined
}
