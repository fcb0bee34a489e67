import { type Answer, type ExportFormat, exportOptions, type Form, textMessage } from '@groundwork/contract'
import { defaultWriteOptions, writers } from '@groundwork/formats'
import { expect, test } from 'vitest'
import { saidOf } from '../exporting/row-columns.ts'
import { planOf } from './registry.ts'
import { type ExportJudgment, feedbackOf } from './task-feedback.ts'

const asked = { label: 'Asked', required: true }
const reason = { ...asked, id: 'why', type: 'text', each: 'task' }

/** What stands beside the rows of a task that some people have judged. */
function saidBeside(question: object, answers: Answer[], format: ExportFormat, given: object = {}) {
  const form = {
    blocks: [{ type: 'context' }, { type: 'candidates' }],
    questions: [question, reason],
  } as unknown as Form
  const options = exportOptions.parse({ disagreement: true, provenance: true, ...given })
  const ids = JSON.stringify(answers[0]).includes('"c"') ? ['a', 'b', 'c'] : ['a', 'b']
  const judgments = answers.map(
    (answer, index): ExportJudgment => ({
      ...{ id: `j${index}`, trainerId: `t${index}`, by: `t${index}`, answer, guidelineVersion: 1 },
      ...{ formVersion: 1, submittedAt: '2026-01-01T00:00:00Z', late: false, accepted: false },
      ...{ setAside: null, expertise: index === 0 ? [{ domain: 'law', level: 'domain_expert' }] : [] },
    }),
  )
  const candidates = ids.map((id) => ({ id, messages: [textMessage('assistant', `Answer ${id}`)] }))
  const payload = { context: [textMessage('user', 'Why?')], candidates }
  const made = feedbackOf({ id: 'task', payload, consensus: {}, judgments }, planOf(form, format, options))
  if (typeof made === 'string') throw new Error(made)
  const said: Record<string, unknown>[] = []
  for (const each of made) {
    writers[format as 'trl-preference'](each, {
      options: { ...defaultWriteOptions, unpair: options.unpair },
      row: (_, about) => said.push(saidOf(each.origin, options, new Map(), about)),
      drop: () => {},
      note: () => {},
      seen: () => {},
    })
  }
  return said
}

test('votes on a pair name its columns, whichever response was first', () => {
  const votes = ['b', 'tie', 'b', 'a'].map((outcome) => ({ preference: { outcome, strength: 1 } }))
  const preference = { ...asked, id: 'preference', type: 'preference', ties: ['tie'] }
  const of = (format: ExportFormat, given = {}) => saidBeside(preference, votes, format, given)
  expect(of('trl-preference')[0]).toMatchObject({
    vote_answers: ['chosen', 'rejected', 'tie'],
    vote_counts: [2, 1, 1],
    group_levels: ['domain_expert', 'not_stated', 'not_stated', 'not_stated'],
    group_answers: ['chosen', 'chosen', 'rejected', 'tie'],
  })
  expect(of('openai-dpo')[0]?.vote_answers).toEqual(['preferred_output', 'non_preferred_output', 'tie'])
  expect(of('helpsteer3')[0]?.vote_answers).toEqual(['response2', 'response1', 'tie'])
  expect(of('argilla')[0]?.vote_answers).toEqual(['response2', 'response1', 'tie'])
  // The winner first: two say that it is good, one that it is not.
  expect(of('trl-unpaired', { unpair: true }).map((each) => each.vote_answers)).toEqual([
    ['true', 'false', 'tie'],
    ['false', 'tie', 'true'],
  ])
})

test('each pair of a ranking has the votes on just these two', () => {
  const order = (...ids: string[]) => ({
    ranking: { ranks: ids.map((candidate, index) => ({ candidate, rank: index + 1 })) },
  })
  const even = { ranking: { ranks: ['a', 'b', 'c'].map((candidate) => ({ candidate, rank: 1 })) } }
  const answers = [order('a', 'b', 'c'), order('a', 'c', 'b'), order('a', 'b', 'c'), even]
  const ranking = { ...asked, id: 'ranking', type: 'ranking', ties: true }
  const said = saidBeside(ranking, answers, 'trl-preference')
  expect(said.map((each) => [each.vote_answers, each.vote_counts])).toEqual([
    [
      ['chosen', 'tie'],
      [3, 1],
    ],
    [
      ['chosen', 'tie'],
      [3, 1],
    ],
    [
      ['chosen', 'rejected', 'tie'],
      [2, 1, 1],
    ],
  ])
})

test('ratings count by which response has the better mean', () => {
  const scale = { ...asked, id: 'help', type: 'scale', each: 'candidate', points: [] }
  const answers = [{ help: { a: 2, b: 5 } }, { help: { a: 4, b: 3 } }, { help: { a: 1, b: 4 } }]
  expect(saidBeside(scale, answers, 'trl-preference')[0]).toMatchObject({
    vote_answers: ['chosen', 'rejected'],
    vote_counts: [2, 1],
  })
})

test('reasons stand beside the judgments they belong to; what somebody wrote is no vote', () => {
  const rewrite = { ...asked, id: 'better', type: 'rewrite' }
  const written = { candidate: 'a', original: 'Answer a', text: 'Better' }
  const [row] = saidBeside(rewrite, [{ better: written }], 'trl-preference')
  expect(row).toMatchObject({ vote_answers: [], vote_counts: [], rationales: [null], judgment_ids: ['j0'] })
  const votes = [{ preference: { outcome: 'a', strength: -1 } }]
  const preference = { ...asked, id: 'preference', type: 'preference', ties: ['tie'] }
  const answers = [...votes, { ...votes[0], why: 'Because.' }, ...votes] as Answer[]
  const [voted] = saidBeside(preference, answers, 'trl-preference')
  expect(voted).toMatchObject({ rationales: [null, 'Because.', null], judgment_ids: ['j0', 'j1', 'j2'] })
})
