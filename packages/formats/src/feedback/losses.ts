import type { Message, TaskPayload } from '@groundwork/contract'
import type { WriteFormat } from '../write-formats.ts'
import type { Feedback, Verdict } from './feedback.ts'
import { defaultWriteOptions, type WriteOptions, type WriteRows } from './out.ts'
import { givenTools } from './tools.ts'

/** What the rows of a format hold beside the texts of its messages; what is not named here is lost in them, which is said. */
type Holds = {
  verdicts: readonly Verdict['type'][]
  toolCalls?: boolean
  /** Names of people and other speakers beside their roles. */
  names?: boolean
  /** Which turns of the model are to be learned from. */
  weights?: boolean
  ids?: boolean
  reasons?: boolean
  reference?: boolean
  /** All answers of a task, whatever was said about them. */
  answers?: boolean
  metadata?: readonly string[]
}

const preferences: Verdict['type'][] = ['pairwise', 'ranking', 'rubric', 'demonstration']
const marks: Verdict['type'][] = [
  ...(['pairwise', 'ranking', 'rubric', 'classification', 'spans', 'text', 'thumb'] as const),
]
const pairs: Holds = { verdicts: preferences, answers: true }
const shown: Holds = { verdicts: ['demonstration'] }

const formats: Record<Exclude<WriteFormat, 'raw'>, Holds> = {
  'trl-preference': { ...pairs, toolCalls: true },
  'trl-sft': { ...shown, toolCalls: true },
  'trl-prompt-completion': { ...shown, toolCalls: true },
  'trl-unpaired': { verdicts: ['thumb', 'pairwise'], toolCalls: true, answers: true },
  'trl-stepwise': { verdicts: ['steps'], answers: true },
  'trl-prompt-only': { verdicts: [], toolCalls: true },
  'openai-sft': { ...shown, toolCalls: true, names: true, weights: true },
  'openai-dpo': { ...pairs, toolCalls: true, names: true },
  'openai-rft': { ...shown, toolCalls: true, names: true, reference: true },
  helpsteer3: {
    verdicts: ['pairwise', 'text'],
    reasons: true,
    answers: true,
    metadata: ['domain', 'language'],
  },
  sharegpt: { ...shown, toolCalls: true },
  alpaca: shown,
  'llama-factory': { ...pairs, toolCalls: true },
  argilla: { verdicts: marks, ids: true, reasons: true, answers: true },
  axolotl: { ...pairs, toolCalls: true },
  'hh-rlhf': pairs,
  'label-studio': {
    verdicts: [...marks, 'boxes'],
    ids: true,
    reasons: true,
    answers: true,
    metadata: ['width', 'height'],
  },
}

const onImages: Holds = { verdicts: ['boxes'], metadata: ['width', 'height'] }

/** What COCO does not hold of a task: all but its first image and the boxes on it. */
export function lossesOfImage(feedback: Feedback): string[] {
  const { context, candidates } = feedback.task
  const parts = context.flatMap((message) => message.parts)
  return [
    ...lossesOf(feedback, onImages, defaultWriteOptions),
    ...(parts.some((part) => part.type === 'text' && part.text !== '') ? ['texts_left_out'] : []),
    ...(parts.filter(({ type }) => type === 'image').length > 1 ? ['images_left_out'] : []),
    ...(candidates.length > 0 ? ['answers_left_out'] : []),
  ].filter((what, index, all) => all.indexOf(what) === index)
}

/** A writer that says of every row what it had to leave behind, each kind once. What it says of something that gave no row does not count. */
export function withLosses(format: WriteFormat, write: WriteRows): WriteRows {
  if (format === 'raw') return write
  return (feedback, out) => {
    const said = new Set<string>()
    let lost: string[] | null = null
    write(feedback, {
      options: out.options,
      seen: (kind, name) => out.seen(kind, name),
      note: (what) => said.add(what),
      drop: (reason) => {
        said.clear()
        out.drop(reason)
      },
      row: (row, about) => {
        lost ??= lossesOf(feedback, formats[format], out.options)
        const tools = said.has('with_tools') || said.has('tools_left_out')
        for (const what of lost) if (what !== 'tools_left_out' || !tools) said.add(what)
        for (const what of said) out.note(what)
        said.clear()
        out.row(row, about)
      },
    })
  }
}

/** What a feedback has and a format does not hold, by the names under which reports count it. */
function lossesOf(feedback: Feedback, holds: Holds, options: WriteOptions): string[] {
  const { task, annotations } = feedback
  const messages = [...task.context, ...task.candidates.flatMap((each) => each.messages)]
  const types = new Set(annotations.map(({ verdict }) => verdict.type))
  const demonstrated = annotations.filter(({ verdict }) => verdict.type === 'demonstration').length
  const lost: [what: string, is: boolean][] = [
    ['reasoning_left_out', messages.some((each) => each.parts.some(({ type }) => type === 'reasoning'))],
    ['tool_calls_left_out', !holds.toolCalls && messages.some(({ toolCalls }) => toolCalls !== undefined)],
    ['tools_left_out', givenTools(task) !== undefined],
    ['names_left_out', !holds.names && messages.some(hasName)],
    ['weights_left_out', !holds.weights && messages.some(({ weight }) => weight === 0)],
    ['id_left_out', !holds.ids && task.externalId !== undefined],
    ['models_left_out', task.candidates.some(({ model }) => model !== undefined)],
    ['reference_left_out', !holds.reference && task.reference !== undefined && task.reference !== null],
    ['answers_left_out', !holds.answers && task.candidates.length > demonstrated],
    ['judgments_left_out', [...types].some((type) => !holds.verdicts.includes(type))],
    ['reasons_left_out', !holds.reasons && annotations.some(({ rationale }) => rationale !== undefined)],
    ...metadataLost(task, holds, options),
  ]
  return lost.flatMap(([what, is]) => (is ? [what] : []))
}

/** Names of tools go with their messages; those of others only OpenAI has a place for. */
const hasName = ({ role, name }: Message): boolean => name !== undefined && role !== 'tool'

/** Kept by other means, or of no meaning outside of the source: what a reader says about its own file. */
const spokenFor = ['tools', 'parallel_tool_calls', 'margin', 'chat_template_kwargs', 'argilla_fields']

function metadataLost({ metadata = {} }: TaskPayload, holds: Holds, options: WriteOptions) {
  const isThere = (key: string) => metadata[key] !== undefined && metadata[key] !== null
  const margin = options.margin === 'strength' && options.sourceMargin && holds === formats['trl-preference']
  const others = Object.keys(metadata).filter(
    (key) => isThere(key) && !spokenFor.includes(key) && !holds.metadata?.includes(key),
  )
  return [
    ['margin_left_out', isThere('margin') && !margin],
    ['chat_template_kwargs_left_out', isThere('chat_template_kwargs')],
    ['metadata_left_out', others.length > 0],
  ] as [string, boolean][]
}
