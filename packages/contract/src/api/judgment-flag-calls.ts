import { z } from 'zod'
import * as flags from '../judgment-flags.ts'
import { byId, call, list } from './call.ts'

/** Questions of a team about judgments: docs/decisions/0020-flags-of-judgments.md. */
export const judgmentFlagCalls = {
  flagJudgment: call({
    method: 'POST',
    path: '/judgments/:id/flags',
    summary:
      'Question a judgment; until it is decided it is left out of consensus and exports, and stays paid',
    params: byId,
    body: flags.flagJudgment,
    response: flags.judgmentFlag,
  }),
  listJudgmentFlags: call({
    method: 'GET',
    path: '/projects/:id/judgment-flags',
    summary: 'Judgments that the team questions, open ones first',
    params: byId,
    query: z.strictObject({ state: flags.judgmentFlagState.optional() }),
    response: list(flags.projectJudgmentFlag),
  }),
  resolveJudgmentFlag: call({
    method: 'POST',
    path: '/judgment-flags/:id/resolve',
    summary: 'Decide about a questioned judgment, with the reason',
    params: byId,
    body: flags.resolveJudgmentFlag,
    response: flags.judgmentFlag,
  }),
}
