import {
  type ExportFormat,
  type ExportOptions,
  exportContainer,
  type Form,
  type Question,
} from '@groundwork/contract'
import { boxes } from './boxes.ts'
import { choice, multichoice } from './choice.ts'
import type { Kind, Mapping } from './mapping.ts'
import { preference } from './preference.ts'
import { ranking } from './ranking.ts'
import { rewrite } from './rewrite.ts'
import { scale } from './scale.ts'
import { sources } from './sources.ts'
import { spans } from './spans.ts'
import { steps } from './steps.ts'
import { text } from './text.ts'
import { turns } from './turns.ts'

/** One entry per question type. */
const mappings: { [T in Question['type']]: Mapping<Extract<Question, { type: T }>> } = {
  preference,
  ranking,
  scale,
  choice,
  multichoice,
  text,
  rewrite,
  spans,
  steps,
  boxes,
  sources,
  turns,
}

export const mappingOf = (question: Question): Mapping => mappings[question.type] as unknown as Mapping

const PAIRS: Kind[] = ['pairwise', 'ranking', 'rubric', 'rewrite']
const DEMONSTRATIONS: Kind[] = ['demonstration']

/** What each format is fed with; one of the kinds is enough. Formats without any take tasks as they are. */
export const formatNeeds: Record<ExportFormat, readonly Kind[]> = {
  raw: [],
  'trl-preference': PAIRS,
  'openai-dpo': PAIRS,
  'llama-factory': PAIRS,
  axolotl: PAIRS,
  'hh-rlhf': PAIRS,
  'trl-sft': DEMONSTRATIONS,
  'trl-prompt-completion': DEMONSTRATIONS,
  'openai-sft': DEMONSTRATIONS,
  sharegpt: DEMONSTRATIONS,
  alpaca: DEMONSTRATIONS,
  'openai-rft': DEMONSTRATIONS,
  'trl-unpaired': ['thumb', 'pairwise'],
  'trl-stepwise': ['steps'],
  'trl-prompt-only': ['prompt'],
  helpsteer3: ['pairwise'],
  argilla: ['pairwise', 'ranking', 'rubric', 'classification', 'spans', 'text'],
  'label-studio': ['pairwise', 'ranking', 'rubric', 'classification', 'spans', 'boxes', 'text'],
  coco: ['boxes'],
}

/** Formats that also take tasks about which nobody said anything of the kind they are fed with. */
const takesTasks = new Set<ExportFormat>(['raw', 'trl-prompt-only', 'openai-rft'])

/** COCO is one document; the others are rows. */
export const containersOf = (format: ExportFormat) =>
  format === 'coco' ? exportContainer.extract(['json']).options : exportContainer.options

/** A question, or one axis of it, that can decide the rows of a format. */
export type Decider = { key: string; label: string; question: Question; axis: string | undefined }

/** Annotation tools show judgments of every kind; the kinds that say most about a task come first in {@link formatNeeds}. */
const tools = new Set<ExportFormat>(['argilla', 'label-studio'])

/** Whether a format is that of a tool in which people judge, and shows what each of them said. */
export const isTool = (format: ExportFormat): boolean => tools.has(format)

/** In the order of the form; for an annotation tool by kind. */
export function decidersOf(form: Form, format: ExportFormat, options: ExportOptions): Decider[] {
  const needs = formatNeeds[format]
  const first = (question: Question): number =>
    Math.min(
      ...mappingOf(question)
        .gives(question, { options, form })
        .map((kind) => needs.indexOf(kind))
        .filter((index) => index >= 0),
    )
  const questions = isTool(format)
    ? form.questions.toSorted((one, other) => first(one) - first(other))
    : form.questions
  return questions.flatMap((question): Decider[] => {
    if (
      !mappingOf(question)
        .gives(question, { options, form })
        .some((kind) => needs.includes(kind))
    )
      return []
    const { id, label } = question
    const axes = question.type === 'preference' ? (question.axes ?? []) : []
    return [
      { key: id, label, question, axis: undefined },
      ...axes.map((axis) => ({
        key: `${id}.${axis.id}`,
        label: `${label} ${axis.label}`,
        question,
        axis: axis.id,
      })),
    ]
  })
}

/** Whether the form of a project can feed a format at all. */
export const feeds = (form: Form, format: ExportFormat, options: ExportOptions): boolean =>
  takesTasks.has(format) || decidersOf(form, format, options).length > 0

/** How the tasks of a project become rows of a format. */
export type Plan = {
  format: ExportFormat
  options: ExportOptions
  form: Form
  wants: ReadonlySet<Kind>
  /** The question that decides; null when the format takes tasks as they are, or the form cannot feed it. */
  decider: Decider | null
  /** Ratings are taken together unless one of them is named: all questions that rate. */
  ratings: Question[]
}

export function planOf(form: Form, format: ExportFormat, options: ExportOptions): Plan {
  const deciders = decidersOf(form, format, options)
  const named = options.question === null ? undefined : deciders.find(({ key }) => key === options.question)
  const decider = (options.question === null ? deciders[0] : named) ?? null
  const wants = new Set(formatNeeds[format])
  const together = options.question === null && decider?.question.type === 'scale' && wants.has('rubric')
  const ratings = together ? deciders.map((each) => each.question).filter(({ type }) => type === 'scale') : []
  return { format, options, form, wants, decider, ratings }
}

/** Whether tasks become rows without a judgment that decides them. */
export const takesTasksAlone = (plan: Plan): boolean => takesTasks.has(plan.format) && plan.decider === null
