import type { Form, Project } from '@groundwork/contract'
import type { Page } from 'playwright-core'
import type { TestPerson } from '../../support/test-server.ts'

type Team = TestPerson & { organizationId: string }

/** A live, funded project with a form of its own, one task for each list of responses. */
export async function launchForm(
  team: Team,
  form: { blocks: object[]; questions: object[] },
  tasks: readonly (readonly string[])[],
  prompt = (index: number) => `Task ${index + 1}: read closely.`,
): Promise<Project> {
  const { client } = team
  const { id } = await client.createProject({
    body: {
      template: 'compare-responses',
      name: 'Close reading',
      organizationId: team.organizationId,
      overlap: 1,
      pay: { currency: 'USD', hourly: '30.00', estimateSeconds: 60 },
      form: form as Form,
    },
  })
  const message = (role: string, text: string) => ({ role, parts: [{ type: 'text', text }] })
  const lines = tasks.map((responses, index) =>
    JSON.stringify({
      task: {
        externalId: `t${index + 1}`,
        context: [message('user', prompt(index))],
        candidates: responses.map((text, position) => ({
          id: String.fromCharCode(97 + position),
          messages: [message('assistant', text)],
        })),
      },
    }),
  )
  const params = { id }
  await client.importTasks({ params, query: { format: 'raw' }, body: lines.join('\n') })
  await client.fundProject({ params, body: { amount: { amount: '100.00', currency: 'USD' } } })
  return client.launchProject({ params })
}

export const blocks = (view?: 'markdown' | 'code' | 'diff') => [
  { type: 'context' },
  { type: 'candidates', layout: 'stacked', ...(view && { view }) },
]

export const errorsQuestion = {
  id: 'errors',
  type: 'spans',
  label: 'Mark every error',
  categories: [
    { value: 'accuracy', label: 'Accuracy' },
    { value: 'fluency', label: 'Fluency' },
  ],
  severities: [
    { value: 'minor', label: 'Minor', weight: 1 },
    { value: 'major', label: 'Major', weight: 5 },
    { value: 'critical', label: 'Critical', weight: 25 },
  ],
}

export const commentsQuestion = {
  ...errorsQuestion,
  id: 'comments',
  label: 'Comment on lines',
  unit: 'line',
  comment: 'required',
}

/** The text that is painted under a name of the highlight registry. */
export const paintedText = (page: Page, name: string): Promise<string> =>
  page.evaluate(`[...(CSS.highlights.get(${JSON.stringify(name)}) ?? [])].map(String).join('|')`)
