import type { Call } from './api/call.ts'
import { datasetCalls } from './api/dataset-calls.ts'
import { draftCalls } from './api/draft-calls.ts'
import { exportCalls } from './api/export-calls.ts'
import { importCalls } from './api/import-calls.ts'
import { judgmentFlagCalls } from './api/judgment-flag-calls.ts'
import { mediaCalls } from './api/media-calls.ts'
import { outcomeCalls } from './api/outcome-calls.ts'
import { peopleCalls } from './api/people-calls.ts'
import { projectCalls } from './api/project-calls.ts'
import { templateCalls } from './api/template-calls.ts'
import { webhookCalls } from './api/webhook-calls.ts'
import { workCalls } from './api/work-calls.ts'
import { workbenchCalls } from './api/workbench-calls.ts'

export type { Call } from './api/call.ts'

/** Every call of `/api/v1`, by name. The server builds its routes from it, the client its methods, the reference its pages. */
export const api = {
  ...peopleCalls,
  ...projectCalls,
  ...draftCalls,
  ...templateCalls,
  ...importCalls,
  ...datasetCalls,
  ...outcomeCalls,
  ...exportCalls,
  ...mediaCalls,
  ...judgmentFlagCalls,
  ...webhookCalls,
  ...workCalls,
  ...workbenchCalls,
} satisfies Record<string, Call>

export type Api = typeof api
export type CallName = keyof Api
