import { knownAnswerShare, outcomes, sourceComparison } from '../outcomes.ts'
import { byId, call, list } from './call.ts'

/** What the tasks of a project come to. */
export const outcomeCalls = {
  getOutcomes: call({
    method: 'GET',
    path: '/projects/:id/outcomes',
    summary: 'What all tasks come to on each question, and those on which people differ most',
    params: byId,
    response: outcomes,
  }),
  getKnownAnswers: call({
    method: 'GET',
    path: '/projects/:id/known-answers',
    summary: 'How often the consensus is what is known to be right, for every question with known answers',
    params: byId,
    response: list(knownAnswerShare),
  }),
  getSourceComparison: call({
    method: 'GET',
    path: '/projects/:id/references/comparison',
    summary: 'How judgments that came with imported tasks compare with those of the project’s own people',
    params: byId,
    response: sourceComparison,
  }),
}
