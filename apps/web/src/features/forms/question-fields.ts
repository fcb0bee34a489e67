import type { Block, QuestionType } from '@groundwork/contract'

/** A column of a list of things, such as the options of a choice. `slug`: made from the label until somebody writes it. */
export type Column = { name: string; kind: 'text' | 'slug' | 'number' | 'key' | 'parent'; optional?: true }

/** How a field of a question or block is edited; its name is that of the contract. */
export type FieldSpec =
  | { kind: 'number'; name: string; optional?: true }
  | { kind: 'boolean'; name: string }
  | { kind: 'choice'; name: string; values: readonly string[]; optional?: true }
  | { kind: 'set'; name: string; values: readonly string[] }
  | { kind: 'verdicts'; name: string }
  | { kind: 'title'; name: string }
  | { kind: 'markdown'; name: string }
  | { kind: 'rows'; name: string; columns: readonly Column[]; start: Record<string, unknown> }

const options = (name: string, ...extra: Column[]): FieldSpec => ({
  kind: 'rows',
  name,
  columns: [{ name: 'label', kind: 'text' }, { name: 'value', kind: 'slug' }, ...extra],
  start: { value: '', label: '' },
})
const key: Column = { name: 'shortcut', kind: 'key', optional: true }
const parent: Column = { name: 'parent', kind: 'parent', optional: true }
const hint: Column = { name: 'hint', kind: 'text', optional: true }
const each = (...values: string[]): FieldSpec => ({ kind: 'choice', name: 'each', values, optional: true })
const anywhere = each('candidate', 'message')
const most: FieldSpec = { kind: 'number', name: 'max' }

/** What can be set of a question, by its type, beside what all have. */
export const questionFields: Record<QuestionType, readonly FieldSpec[]> = {
  preference: [
    { kind: 'set', name: 'ties', values: ['tie', 'both_good', 'both_bad'] },
    {
      kind: 'rows',
      name: 'axes',
      columns: [{ name: 'label', kind: 'text' }, { name: 'id', kind: 'slug' }, hint],
      start: { id: '', label: '' },
    },
  ],
  ranking: [
    { kind: 'boolean', name: 'ties' },
    { kind: 'boolean', name: 'partial' },
  ],
  scale: [
    {
      kind: 'rows',
      name: 'points',
      columns: [
        { name: 'value', kind: 'number' },
        { name: 'label', kind: 'text', optional: true },
        { name: 'hint', kind: 'text', optional: true },
      ],
      start: { value: 0 },
    },
    { kind: 'boolean', name: 'notApplicable' },
    anywhere,
  ],
  choice: [options('options', key, hint), anywhere],
  multichoice: [
    options('options', key, parent),
    { kind: 'number', name: 'min' },
    { kind: 'number', name: 'max', optional: true },
    anywhere,
  ],
  text: [
    { kind: 'number', name: 'minWords' },
    { kind: 'number', name: 'maxWords', optional: true },
    { kind: 'choice', name: 'format', values: ['markdown'], optional: true },
    anywhere,
  ],
  rewrite: [
    { kind: 'boolean', name: 'allowUnchanged' },
    { kind: 'number', name: 'minWords' },
  ],
  spans: [
    { kind: 'choice', name: 'of', values: ['candidates', 'context', 'all'] },
    { kind: 'choice', name: 'unit', values: ['text', 'line'] },
    options('categories', key, parent),
    {
      kind: 'rows',
      name: 'severities',
      columns: [
        { name: 'label', kind: 'text' },
        { name: 'value', kind: 'slug' },
        { name: 'weight', kind: 'number', optional: true },
      ],
      start: { value: '', label: '' },
    },
    { kind: 'choice', name: 'comment', values: ['none', 'optional', 'required'] },
  ],
  steps: [
    { kind: 'choice', name: 'mode', values: ['all', 'first_error'] },
    { kind: 'choice', name: 'split', values: ['paragraphs', 'lines'] },
    { kind: 'boolean', name: 'neutral' },
    { kind: 'choice', name: 'better', values: ['none', 'optional', 'required'] },
    each('candidate'),
  ],
  boxes: [
    options('labels', key, parent),
    { kind: 'set', name: 'shapes', values: ['rectangle', 'polygon'] },
    most,
  ],
  sources: [
    options('verdicts', key),
    { kind: 'verdicts', name: 'sourceFor' },
    { kind: 'number', name: 'minClaims' },
    most,
  ],
  turns: [
    { kind: 'choice', name: 'first', values: ['user', 'assistant'] },
    { kind: 'choice', name: 'last', values: ['user', 'assistant'], optional: true },
    { kind: 'number', name: 'min' },
    most,
    { kind: 'number', name: 'minWords' },
  ],
}

export const blockFields: Record<Block['type'], readonly FieldSpec[]> = {
  context: [
    { kind: 'title', name: 'title' },
    { kind: 'boolean', name: 'beside' },
    { kind: 'boolean', name: 'brief' },
  ],
  candidates: [
    { kind: 'choice', name: 'layout', values: ['side_by_side', 'stacked', 'one_at_a_time'] },
    { kind: 'choice', name: 'view', values: ['code', 'diff'], optional: true },
    { kind: 'title', name: 'title' },
  ],
  note: [{ kind: 'markdown', name: 'markdown' }],
}
