import { ApiError } from '@groundwork/client'
import type { TestPerson, TestServer } from '../../../../../tests/support/test-server.ts'
import { projectHeader } from '../../projects/index.ts'
import { addTasks } from '../add-tasks.ts'
import { type ProjectWish, taskOf } from './workplace.ts'

/** What a refused call said; any other outcome fails the test. */
export async function refusalOf(
  call: Promise<unknown>,
): Promise<{ status: number; code: string; details: unknown }> {
  try {
    const answer = await call
    throw new Error(`The call was not refused: ${JSON.stringify(answer)}`)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { status: error.status, code: error.code, details: error.details }
  }
}

/** Sends what the typed client would not let through. */
export async function send(
  server: TestServer,
  person: Pick<TestPerson, 'apiKey'> | null,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      ...(person ? { authorization: `Bearer ${person.apiKey}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  // biome-ignore lint/suspicious/noExplicitAny: tests look at what the server really answers.
  const answer: any = await response.json()
  return { status: response.status, code: answer.error?.code as string | undefined, answer }
}

/** A project of a team through the API, with tasks, funds and live unless asked otherwise. */
export async function projectOf(
  server: TestServer,
  team: TestPerson & { organizationId: string },
  { tasks = 1, funds = '100.00', launch = true, ...wish }: ProjectWish = {},
): Promise<string> {
  const { id } = await team.client.createProject({
    body: {
      template: 'compare-responses',
      name: 'Which answer is better',
      overlap: 1,
      pay: { currency: 'USD', hourly: '60.00', estimateSeconds: 60 },
      organizationId: team.organizationId,
      ...wish,
    },
  })
  await server.deps.database.transaction({ organization: team.organizationId }, async (tx) => {
    const header = await projectHeader(tx, id)
    if (!header) throw new Error('no such project')
    const rows = Array.from({ length: tasks }, (_, index) => taskOf(index + 1))
    await addTasks(
      tx,
      header,
      rows.map((task) => ({ task, gold: null, dedupeKey: task.externalId })),
    )
  })
  if (funds !== null) {
    await team.client.fundProject({ params: { id }, body: { amount: { amount: funds, currency: 'USD' } } })
  }
  if (launch) await team.client.launchProject({ params: { id } })
  return id
}
