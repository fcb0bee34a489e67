import type { Candidate, PreferenceOutcome, TaskPayload } from '@groundwork/contract'
import { messageKey } from '../content/messages.ts'
import { inBlocks } from '../export/blocks.ts'
import { jsonLine, rowFloats } from '../export/json-line.ts'
import { count, seeColumns, type WriteReport, type Written } from '../export/report.ts'
import { splitOf } from '../export/split.ts'
import { type ImageDrop, imagesOf, unfitImages } from '../feedback/images.ts'
import { defaultWriteOptions } from '../feedback/out.ts'
import { type PromptDrop, startsWithModel, unfitPrompt } from '../feedback/prompt.ts'
import { type ChatMessage, hasMoreKeys } from './chat-message.ts'
import { trlTurns } from './plain-text.ts'

/** A task with what was decided about it. */
export type DecidedTask = {
  task: TaskPayload
  /**
   * Null when nothing was decided. Strength −3..3, negative for `a`; null when nobody gave one. A margin is how far apart the two are in itself, and comes
   * before the one of the strength.
   */
  decision: { outcome: PreferenceOutcome; strength: number | null; margin?: number | null } | null
  /** 0..1; null when the method gives none. */
  confidence: number | null
  judgments: number
  /** Rows of one group stay in one split. Usually the task's id, or what the tasks of one prompt share. */
  groupId: string
}

export type PreferenceOptions = {
  minConfidence: number
  minJudgments: number
  margin: 'none' | 'strength'
  /** The margin of a preference by its strength without sign. */
  strengthMap: { '1': number; '2': number; '3': number }
  testShare: number
  seed: number
  /** Whether rows carry the images of their prompts. */
  images?: boolean
  /** Bare texts instead of messages. */
  plain?: boolean
  toolArguments?: 'string' | 'object'
}

/** Why a task gives no row. Stable: they stand in manifests. */
export type PreferenceDrop =
  | 'too_few_judgments'
  | 'not_decided'
  | 'low_confidence'
  | 'tie'
  | 'both_good'
  | 'both_bad'
  | 'no_strength'
  | 'not_a_pair'
  | PromptDrop
  | 'answer_starts_with_other_role'
  | 'identical_candidates'
  | 'tool_arguments_not_json'
  | 'not_plain_text'
  | ImageDrop

/** `margin` is on every row or on none. */
export type PreferenceRow = {
  prompt: ChatMessage[] | string
  chosen: ChatMessage[] | string
  rejected: ChatMessage[] | string
  images?: string[]
  margin?: number
}

/**
 * A TRL preference set as JSON Lines: the prompt always explicit and ending with a turn that the model answers, messages with nothing but
 * what a chat template reads, no pair of equal answers, ties counted instead of forced to a side.
 */
export function writeTrlPreference(
  rows: AsyncIterable<DecidedTask> | Iterable<DecidedTask>,
  options: PreferenceOptions,
): Written {
  const report: WriteReport = { kept: 0, dropped: {}, notes: {}, splits: {} }
  async function* lines() {
    for await (const row of rows) {
      const made = preferenceRow(row, options)
      if (typeof made === 'string') {
        count(report.dropped, made)
        continue
      }
      for (const note of notesOf(row.task, made)) count(report.notes, note)
      const split = splitOf(row.groupId, options.seed, options.testShare)
      report.kept++
      report.splits[split] = (report.splits[split] ?? 0) + 1
      seeColumns(report, split, made)
      yield { split, line: jsonLine(made, rowFloats) }
    }
  }
  return { blocks: inBlocks(lines()), report }
}

/** The row that a decided task gives, or the reason why it gives none. */
export function preferenceRow(
  decided: DecidedTask,
  options: PreferenceOptions,
): PreferenceRow | PreferenceDrop {
  const { task, decision } = decided
  if (decided.judgments < options.minJudgments) return 'too_few_judgments'
  if (!decision) return 'not_decided'
  if (decided.confidence !== null && decided.confidence < options.minConfidence) return 'low_confidence'
  if (decision.outcome !== 'a' && decision.outcome !== 'b') return decision.outcome
  const [first, second] = task.candidates
  if (!first || !second || task.candidates.length > 2) return 'not_a_pair'
  const unfit = unfitPrompt(task.context) ?? unfitAnswers(first, second)
  if (unfit) return unfit
  const { images = false } = options
  const unfitImage = unfitImages(task.context, [...first.messages, ...second.messages], images)
  if (unfitImage) return unfitImage
  const [chosen, rejected] = decision.outcome === 'a' ? [first, second] : [second, first]
  const turns = trlTurns(task.context, [chosen.messages, rejected.messages], {
    options: { ...defaultWriteOptions, ...options, images },
    row: () => {},
    drop: () => {},
    note: () => {},
    seen: () => {},
  })
  if (!turns) return options.plain ? 'not_plain_text' : 'tool_arguments_not_json'
  const { prompt, answers } = turns
  const [better = [], worse = []] = answers
  const row = { prompt, chosen: better, rejected: worse, ...imagesOf(task.context, { options: { images } }) }
  if (sameJson(row.chosen, row.rejected)) return 'identical_candidates'
  if (options.margin === 'none') return row
  const margin = decision.margin ?? marginOf(decision.strength, options.strengthMap)
  return margin === null ? 'no_strength' : { ...row, margin }
}

function unfitAnswers(first: Candidate, second: Candidate): PreferenceDrop | null {
  if (![first, second].every(startsWithModel)) return 'answer_starts_with_other_role'
  const same =
    first.messages.length === second.messages.length &&
    first.messages.every((each, index) => {
      const other = second.messages[index]
      return other !== undefined && messageKey(each) === messageKey(other)
    })
  return same ? 'identical_candidates' : null
}

/** What is worth knowing about a row that was made from a task. */
export function notesOf(task: TaskPayload, row: PreferenceRow): string[] {
  return [
    ...(losesReasoning(task) ? ['reasoning_left_out'] : []),
    ...([row.prompt, row.chosen, row.rejected].some(hasCalls) ? ['with_tool_calls'] : []),
  ]
}

const hasCalls = (messages: ChatMessage[] | string): boolean =>
  typeof messages !== 'string' && messages.some(hasMoreKeys)

function losesReasoning(task: TaskPayload): boolean {
  return [...task.context, ...task.candidates.flatMap(({ messages }) => messages)].some(({ parts }) =>
    parts.some(({ type }) => type === 'reasoning'),
  )
}

function sameJson(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}

function marginOf(strength: number | null, map: PreferenceOptions['strengthMap']): number | null {
  if (strength === null || !Number.isFinite(strength) || strength === 0) return null
  const level = Math.min(3, Math.max(1, Math.round(Math.abs(strength))))
  return level === 1 ? map['1'] : level === 2 ? map['2'] : map['3']
}
