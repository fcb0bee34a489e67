import { preferenceOutcome, textMessage } from '@groundwork/contract'
import { isRow, type Row } from '../container/records.ts'
import { checkText } from '../content/check.ts'
import type { ReadContext } from '../content/fields.ts'
import { TextOffsets } from '../content/offsets.ts'
import { otherFields, readExternalId, saying, vote } from '../content/pair.ts'
import { buildTask } from '../content/task.ts'
import { RowFault } from '../faults.ts'
import { type Annotation, candidateId, type Feedback, type Verdict } from '../feedback/feedback.ts'

const responses = /^(.+)\.responses$/
const prompts = ['prompt', 'instruction', 'question', 'input', 'text', 'context']

/**
 * A record of Argilla in its flat form: fields as columns, and for every question the responses, their users and their states side by side. Only
 * submitted responses are read. Offsets of spans count code points there as here.
 */
export function readArgilla(row: Row, context: ReadContext): Feedback {
  const names = Object.keys(row)
  const questions = names.flatMap((name) => responses.exec(name)?.[1] ?? [])
  const fields = names.filter((name) => !name.includes('.') && !['id', 'status', '_server_id'].includes(name))
  const texts = fields.filter((name) => typeof row[name] === 'string' && row[name] !== '')
  const prompt = prompts.find((name) => texts.includes(name)) ?? texts[0]
  if (prompt === undefined) throw new RowFault('missing_field', 'The record has no field with a text.')
  const answers = texts.filter((name) => name !== prompt)
  const task = buildTask({
    context: saying([textMessage('user', checkText(String(row[prompt]), prompt))], prompt),
    answers: answers.map((name) => ({
      messages: [textMessage('assistant', checkText(String(row[name]), name))],
    })),
    externalId: readExternalId(row.id, 'id'),
    metadata: {
      ...otherFields(row, ['id', ...texts, ...names.filter((name) => name.includes('.responses'))]),
      argilla_fields: [prompt, ...answers],
    },
  })
  const annotations = questions.flatMap((question) =>
    readQuestion(row, question, { row, prompt, answers, context }),
  )
  return { task, annotations }
}

export function detectArgilla(row: Row): string | null {
  const question = Object.keys(row).find((name) => responses.test(name))
  return question === undefined ? null : `\`${question}\` holds responses to a question: Argilla records`
}

type Fields = { row: Row; prompt: string; answers: string[]; context: ReadContext }

function readQuestion(row: Row, question: string, fields: Fields): Annotation[] {
  const given = row[`${question}.responses`]
  if (given === null || given === undefined) return []
  if (!Array.isArray(given)) {
    throw new RowFault('wrong_type', `"${question}.responses" has to be a list, one response a person.`)
  }
  const users = listOr(row[`${question}.responses.users`])
  const states = listOr(row[`${question}.responses.status`])
  return given.flatMap((value: unknown, index): Annotation[] => {
    const state = states[index]
    if (state !== undefined && state !== null && state !== 'submitted') return []
    const user = users[index]
    const by = typeof user === 'string' && user !== '' ? checkText(user, 'users', 300) : `user ${index + 1}`
    const verdict = verdictOf(value, question, fields)
    return verdict ? [{ by, verdict }] : []
  })
}

function verdictOf(value: unknown, question: string, fields: Fields): Verdict | null {
  if (typeof value === 'number') return { type: 'rubric', candidate: 'a', scores: { [question]: value } }
  if (typeof value === 'string') {
    const index = fields.answers.indexOf(value)
    if (index !== -1 && fields.answers.length === 2) {
      return vote(index === 0 ? 'a' : 'b')
    }
    const tie = preferenceOutcome.safeParse(value)
    if (tie.success && fields.answers.length === 2) return vote(tie.data, 0)
    return { type: 'text', text: checkText(value, question) }
  }
  if (!Array.isArray(value) || value.length === 0) return null
  if (value.every((each) => typeof each === 'string')) {
    return { type: 'classification', labels: value.map((each) => checkText(each, question, 2_000)) }
  }
  const rows = value.filter(isRow)
  if (rows.every((each) => 'rank' in each)) return rankingOf(rows, fields)
  return rows.every((each) => 'start' in each && 'end' in each) ? spansOf(rows, question, fields) : null
}

/** The values of a ranking are names of fields, or end in the number of the answer. */
function rankingOf(rows: Row[], { answers }: Fields): Verdict | null {
  const ranks = rows.flatMap(({ value, rank }) => {
    const named = answers.indexOf(String(value))
    const index = named === -1 ? Number(/(\d+)$/.exec(String(value).slice(-10))?.[1] ?? 0) - 1 : named
    const known = index >= 0 && index < answers.length && typeof rank === 'number' && Number.isFinite(rank)
    return known ? [{ candidate: candidateId(index), rank }] : []
  })
  return ranks.length > 1 ? { type: 'ranking', ranks: ranks.slice(0, 50) } : null
}

/**
 * Spans of one response. Which field a question marks stands in the settings of its dataset and not in its records, and spans quote nothing. So it is the
 * field that the choice names, or the only one in which all spans fit; otherwise they are left out and counted.
 */
function spansOf(rows: Row[], question: string, { row, prompt, answers, context }: Fields): Verdict | null {
  const { notes, choices } = context
  const named = choices.spanFields?.[question]
  const places = [prompt, ...answers]
    .map((field, index) => ({
      field,
      target: index === 0 ? 'context:0' : candidateId(index - 1),
      text: String(row[field]),
    }))
    .filter(({ field }) => named === undefined || field === named)
  const known = rows.flatMap(({ start, end, label }) => {
    const fits = isPlace(start) && isPlace(end) && start <= end
    return fits
      ? [{ start, end, labels: typeof label === 'string' ? [checkText(label, 'label', 2_000)] : [] }]
      : []
  })
  const furthest = known.reduce((most, { end }) => Math.max(most, end), 0)
  const fitting = places.filter(({ text }) => named !== undefined || furthest <= lengthOf(text))
  const [place, another] = fitting
  if (!place || another) {
    for (const _ of rows)
      notes.count(
        place ? 'span_field_unknown' : 'span_left_out',
        place
          ? 'Spans that could be in several fields are left out; name the field of their question as the choice "spanFields"'
          : 'Spans outside of their text are left out',
      )
    return null
  }
  const length = lengthOf(place.text)
  const offsets = new TextOffsets(place.text)
  const spans = known
    .filter(({ end }) => end <= length)
    .map(({ start, end, labels }) => ({ start, end, quote: offsets.slice(start, end), labels }))
  for (let left = rows.length - spans.length; left > 0; left--)
    notes.count('span_left_out', 'Spans outside of their text are left out')
  return spans.length > 0 ? { type: 'spans', target: place.target, spans } : null
}

const isPlace = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0

/** How many code points a text has. */
const lengthOf = (text: string): number => new TextOffsets(text).toCodePoints(text.length)

function listOr(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
