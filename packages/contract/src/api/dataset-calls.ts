import { z } from 'zod'
import * as datasets from '../datasets.ts'
import { id, text } from '../text.ts'
import { byId, call, empty, list, page } from './call.ts'

/** Tasks and results of a project. */
export const datasetCalls = {
  listTasks: call({
    method: 'GET',
    path: '/projects/:id/tasks',
    summary: 'Tasks, newest consensus with them',
    params: byId,
    query: page.extend({ state: datasets.taskState.optional(), search: text(200).optional() }),
    response: datasets.taskPage,
  }),
  getTask: call({
    method: 'GET',
    path: '/projects/:id/tasks/:taskId',
    summary: 'A task with its judgments',
    params: z.object({ id, taskId: id }),
    response: datasets.taskDetail,
  }),
  listFlags: call({
    method: 'GET',
    path: '/projects/:id/flags',
    summary: 'What trainers flagged',
    params: byId,
    response: list(datasets.flag),
  }),
  resolveFlag: call({
    method: 'POST',
    path: '/flags/:id/resolve',
    summary: 'Put a flagged task back to work, or take it out',
    params: byId,
    body: datasets.resolveFlag,
    response: datasets.flag,
  }),
  acceptJudgment: call({
    method: 'POST',
    path: '/judgments/:id/accept',
    summary: 'Accept before the review window ends; its pay becomes available',
    params: byId,
    response: empty,
  }),
  getResults: call({
    method: 'GET',
    path: '/projects/:id/results',
    summary: 'A line per task: judgments and consensus',
    params: byId,
    responseType: 'ndjson',
    response: datasets.resultLine,
  }),
}
