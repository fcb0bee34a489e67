import { type Message, textMessage } from '@groundwork/contract'
import type { Row } from '../container/records.ts'
import { checkText } from '../content/check.ts'
import { optionalNumber, optionalRows, optionalText, wantedNumber, wantedText } from '../content/fields.ts'
import { otherFields, pairTask, readExternalId, saying, vote } from '../content/pair.ts'
import { buildTask } from '../content/task.ts'
import type { Annotation, Feedback } from '../feedback/feedback.ts'
import { signedVerdict } from '../helpsteer3/strength.ts'

const criteria = ['helpfulness', 'correctness', 'coherence', 'complexity', 'verbosity'] as const

/** HelpSteer2's ratings: one answer, five criteria from 0 to 4. */
export function readHelpsteer2(row: Row): Feedback {
  const scores = Object.fromEntries(criteria.map((each) => [each, optionalNumber(row, each) ?? null]))
  const task = buildTask({
    context: readPrompt(row),
    answers: [{ messages: saying([textMessage('assistant', wantedText(row, 'response'))], 'response') }],
    externalId: readExternalId(row.id, 'id'),
    metadata: otherFields(row, ['prompt', 'response', 'id', ...criteria]),
  })
  return { task, annotations: [{ verdict: { type: 'rubric', candidate: 'a', scores } }] }
}

export function detectHelpsteer2(row: Row): string | null {
  const fits = typeof row.response === 'string' && criteria.every((each) => each in row)
  return fits
    ? '`response` is rated by `helpfulness`, `correctness` and three more: HelpSteer2 ratings'
    : null
}

/** HelpSteer2's preferences: two answers, a strength from −3 (the first) to 3 (the second), and what single people said. */
export function readHelpsteer2Preference(row: Row): Feedback {
  const { outcome, strength } = signedVerdict(wantedNumber(row, 'preference_strength'), 'preference_strength')
  const all = optionalRows(row, 'all_preferences_unprocessed')
  const people = all.length > 0 ? all : optionalRows(row, 'three_most_similar_preferences')
  const used = [
    'prompt',
    'response_1',
    'response_2',
    'preference_strength',
    'id',
    'all_preferences_unprocessed',
  ]
  return pairTask({
    context: readPrompt(row),
    a: saying([textMessage('assistant', wantedText(row, 'response_1'))], 'response_1'),
    b: saying([textMessage('assistant', wantedText(row, 'response_2'))], 'response_2'),
    externalId: readExternalId(row.id, 'id'),
    metadata: otherFields(row, [...used, 'three_most_similar_preferences']),
    gold: outcome,
    strength,
    votes: people.map(readVote),
  })
}

export function detectHelpsteer2Preference(row: Row): string | null {
  const fits = 'response_1' in row && 'response_2' in row && 'preference_strength' in row
  return fits ? '`response_1` and `response_2` have a `preference_strength`: HelpSteer2 preferences' : null
}

function readVote(row: Row, index: number): Annotation {
  const { outcome, strength } = signedVerdict(wantedNumber(row, 'strength'), 'strength')
  const said = [optionalText(row, 'statement'), optionalText(row, 'elaboration')].filter(
    (each) => each !== undefined,
  )
  return {
    by: `helpsteer2:${index + 1}`,
    ...(said.length > 0 && { rationale: said.join('\n\n') }),
    verdict: vote(outcome, strength),
  }
}

const turnMark = /\n<extra_id_1>(Assistant|User)\n/g

/** A prompt of several turns is one text with the marks `<extra_id_1>Assistant` and `<extra_id_1>User` on lines of their own. */
function readPrompt(row: Row): Message[] {
  const prompt = wantedText(row, 'prompt')
  const marks = [...prompt.matchAll(turnMark)]
  const turns = [textMessage('user', prompt.slice(0, marks[0]?.index))]
  marks.forEach((mark, index) => {
    const text = prompt.slice(mark.index + mark[0].length, marks[index + 1]?.index)
    turns.push(textMessage(mark[1] === 'User' ? 'user' : 'assistant', checkText(text, 'prompt')))
  })
  return saying(turns, 'prompt')
}
