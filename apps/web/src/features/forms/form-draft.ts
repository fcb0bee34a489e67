import type { Block, Question, QuestionType } from '@groundwork/contract'
import { form } from '@groundwork/contract/form'

/** A form under work: anything may be missing or wrong in it, so its fields are read by name and checked by the contract's schema. */
export type Fields = Record<string, unknown>
export type DraftForm = { blocks: Fields[]; questions: Fields[] }

/** What can be selected in the editor. */
export type Place = { list: 'blocks' | 'questions'; index: number }

export type Fault = { path: string; message: string }

/** Why a form cannot work, each fault at its field (`questions.2.options.0.value`). */
export function faultsOf(draft: unknown): Fault[] {
  const parsed = form.safeParse(draft)
  if (parsed.success) return []
  return parsed.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }))
}

/** The form as the contract reads it, its defaults filled in. Only for drafts without faults. */
export const formOfDraft = (draft: DraftForm) => form.parse(draft)

/** A form as text that can be kept, given away and read back. */
export const writeForm = (draft: DraftForm): string => `${JSON.stringify(draft, null, 2)}\n`

/**
 * Reads a form from text; a whole template's text does as well.
 * @returns the draft, which may still have faults, or why there is none
 */
export function readForm(text: string): { draft: DraftForm } | { message: string } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return {
      message: `This file is no JSON: ${error instanceof Error ? error.message : String(error)}.`,
    }
  }
  const inner = isFields(value) && isFields(value.form) ? value.form : value
  if (!isFields(inner) || !isListOfFields(inner.blocks) || !isListOfFields(inner.questions)) {
    const missing = ['blocks', 'questions'].filter((name) => !isFields(inner) || !isListOfFields(inner[name]))
    return { message: `This file has no list ${missing.map((name) => `"${name}"`).join(' and no list ')}.` }
  }
  return { draft: { blocks: inner.blocks, questions: inner.questions } }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isListOfFields = (value: unknown): value is Fields[] => Array.isArray(value) && value.every(isFields)

/** An id that no question has yet. */
export function freshId(draft: DraftForm, wanted: string): string {
  const taken = new Set(draft.questions.map((question) => question.id))
  if (!taken.has(wanted)) return wanted
  for (let n = 2; ; n++) if (!taken.has(`${wanted}_${n}`)) return `${wanted}_${n}`
}

const pair = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
]

/** What a new question starts from: complete enough to work. */
const starts: { [T in QuestionType]: Omit<Extract<Question, { type: T }>, 'id' | 'type' | 'required'> } = {
  preference: { label: 'Which response is better?', ties: ['tie', 'both_good', 'both_bad'] },
  ranking: { label: 'Rank the responses, best first', ties: true, partial: false },
  scale: {
    label: 'How good is it?',
    points: [
      { value: 1, label: 'Bad' },
      { value: 2 },
      { value: 3, label: 'Fair' },
      { value: 4 },
      { value: 5, label: 'Excellent' },
    ],
    notApplicable: false,
  },
  choice: { label: 'Does it do what was asked?', options: pair },
  multichoice: {
    label: 'Which of these apply?',
    options: [
      { value: 'first', label: 'First' },
      { value: 'second', label: 'Second' },
    ],
    min: 0,
  },
  text: { label: 'Why?', minWords: 0, maxCharacters: 20_000 },
  rewrite: { label: 'Make it better', allowUnchanged: false, minWords: 0, maxCharacters: 100_000 },
  spans: {
    label: 'Mark what is wrong',
    of: 'candidates',
    unit: 'text',
    categories: [
      { value: 'accuracy', label: 'Accuracy' },
      { value: 'language', label: 'Language' },
    ],
    severities: [
      { value: 'minor', label: 'Minor', weight: 1 },
      { value: 'major', label: 'Major', weight: 5 },
    ],
    comment: 'optional',
    max: 200,
  },
  steps: {
    label: 'Is each step right?',
    mode: 'all',
    split: 'paragraphs',
    neutral: true,
    better: 'optional',
  },
  boxes: {
    label: 'Mark what you see',
    labels: [{ value: 'object', label: 'Object' }],
    shapes: ['rectangle', 'polygon'],
    max: 200,
  },
  sources: {
    label: 'Check each claim',
    verdicts: [
      { value: 'supported', label: 'Supported' },
      { value: 'refuted', label: 'Refuted' },
      { value: 'not_found', label: 'No source found' },
    ],
    sourceFor: ['supported', 'refuted'],
    minClaims: 1,
    max: 50,
  },
  turns: { label: 'Write the conversation', first: 'user', min: 2, max: 40, minWords: 0 },
}

/** Question types in the order in which they are offered. */
export const questionTypes = Object.keys(starts) as QuestionType[]
export const blockTypes: Block['type'][] = ['context', 'candidates', 'note']

export const newQuestion = (draft: DraftForm, type: QuestionType): Fields => ({
  id: freshId(draft, type),
  type,
  required: true,
  ...structuredClone(starts[type]),
})

export const newBlock = (type: Block['type']): Fields =>
  type === 'note'
    ? { type, markdown: 'What to keep in mind.' }
    : type === 'candidates'
      ? { type, layout: 'side_by_side' }
      : { type }

/** A form to begin with: the conversation, the responses, nothing asked yet. */
export const emptyDraft = (): DraftForm => ({
  blocks: [newBlock('context'), newBlock('candidates')],
  questions: [],
})

/** The draft with a field set, or taken away where the value is undefined. */
export function withField(draft: DraftForm, place: Place, name: string, value: unknown): DraftForm {
  return replaced(draft, place, (fields) => {
    const changed = { ...fields, [name]: value }
    if (value === undefined) delete changed[name]
    return changed
  })
}

/** A changed id is followed by the conditions that name it. */
export function withId(draft: DraftForm, index: number, id: string): DraftForm {
  const old = draft.questions[index]?.id
  const changed = withField(draft, { list: 'questions', index }, 'id', id)
  return { ...changed, questions: changed.questions.map((question) => follow(question, old, id)) }
}

function follow(question: Fields, from: unknown, to: string): Fields {
  const showIf = question.showIf
  if (!isFields(showIf) || !isListOfFields(showIf.tests)) return question
  const tests = showIf.tests.map((test) => (test.question === from ? { ...test, question: to } : test))
  return { ...question, showIf: { ...showIf, tests } }
}

export function replaced(
  draft: DraftForm,
  { list, index }: Place,
  change: (fields: Fields) => Fields,
): DraftForm {
  return { ...draft, [list]: draft[list].map((fields, at) => (at === index ? change(fields) : fields)) }
}

export function inserted(draft: DraftForm, { list, index }: Place, fields: Fields): DraftForm {
  return { ...draft, [list]: draft[list].toSpliced(index, 0, fields) }
}

export function removed(draft: DraftForm, { list, index }: Place): DraftForm {
  return { ...draft, [list]: draft[list].toSpliced(index, 1) }
}

/** Moves an entry within its list; a place outside of the list changes nothing. */
export function moved(draft: DraftForm, { list, index }: Place, to: number): DraftForm {
  const entry = draft[list][index]
  if (!entry || to < 0 || to >= draft[list].length) return draft
  return { ...draft, [list]: draft[list].toSpliced(index, 1).toSpliced(to, 0, entry) }
}

export function duplicated(draft: DraftForm, place: Place): DraftForm {
  const entry = draft[place.list][place.index]
  if (!entry) return draft
  const copy = structuredClone(entry)
  if (place.list === 'questions') copy.id = freshId(draft, String(entry.id))
  return inserted(draft, { ...place, index: place.index + 1 }, copy)
}
