import { textMessage } from '@groundwork/contract'
import type { Row } from '../container/records.ts'
import { checkText } from '../content/check.ts'
import { optionalText, type ReadContext, readTurns, wanted, wantedText } from '../content/fields.ts'
import { otherFields, pairTask, readExternalId, saying } from '../content/pair.ts'
import { buildTask } from '../content/task.ts'
import { RowFault } from '../faults.ts'
import { candidateId, type Feedback } from '../feedback/feedback.ts'

/** RewardBench 1: one right and one wrong answer, with the models that gave them. */
export function readRewardbench(row: Row, context: ReadContext): Feedback {
  const subset = optionalText(row, 'subset')
  const id = readExternalId(row.id, 'id')
  return pairTask({
    context: saying(readTurns(wanted(row, 'prompt'), 'prompt', 'user', context), 'prompt'),
    a: readTurns(wanted(row, 'chosen'), 'chosen', 'assistant', context),
    b: readTurns(wanted(row, 'rejected'), 'rejected', 'assistant', context),
    models: { a: optionalText(row, 'chosen_model', 200), b: optionalText(row, 'rejected_model', 200) },
    externalId: id !== undefined && subset !== undefined ? `${subset}/${id}` : id,
    metadata: otherFields(row, ['prompt', 'chosen', 'rejected', 'chosen_model', 'rejected_model', 'id']),
    gold: 'a',
  })
}

export function detectRewardbench(row: Row): string | null {
  const fits =
    typeof row.chosen === 'string' && 'chosen_model' in row && 'rejected_model' in row && 'subset' in row
  return fits
    ? '`chosen_model` and `rejected_model` stand beside the answers, with a `subset`: RewardBench'
    : null
}

/** RewardBench 2: the best of several. `chosen` and `rejected` are lists of any length, so nothing is taken to be one to one. */
export function readRewardbench2(row: Row): Feedback {
  const right = texts(row, 'chosen')
  const wrong = texts(row, 'rejected')
  const models = Array.isArray(row.models) ? row.models : []
  const answers = [...right, ...wrong]
  const task = buildTask({
    context: saying([textMessage('user', wantedText(row, 'prompt'))], 'prompt'),
    answers: answers.map((text, index) => ({
      messages: [textMessage('assistant', text)],
      model:
        models.length === answers.length && typeof models[index] === 'string' ? models[index] : undefined,
    })),
    externalId: readExternalId(row.id, 'id'),
    metadata: otherFields(row, ['prompt', 'chosen', 'rejected', 'id']),
  })
  const ranks = answers.map((_, index) => ({
    candidate: candidateId(index),
    rank: index < right.length ? 1 : 2,
  }))
  return { task, annotations: [{ verdict: { type: 'ranking', ranks } }] }
}

export function detectRewardbench2(row: Row): string | null {
  const fits = Array.isArray(row.chosen) && Array.isArray(row.rejected) && 'num_correct' in row
  return fits ? '`chosen` and `rejected` are lists of answers with `num_correct`: RewardBench 2' : null
}

function texts(row: Row, field: string): string[] {
  const value = wanted(row, field)
  if (Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string')) {
    return value.map((each, index) => checkText(each, `${field}[${index}]`))
  }
  throw new RowFault('wrong_type', `"${field}" has to be a list of texts.`)
}
