import type { Project } from '@groundwork/contract'
import { templates } from '@groundwork/templates'
import type { TestPerson } from '../../support/test-server.ts'

export type Pair = { id: string; prompt: string; a: string; b: string }

/** Pairs that can be told apart on the screen: whichever response stands first says whether it is the task's own `a` or `b`. */
export const plainPairs = (count: number): Pair[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `t${index + 1}`,
    prompt: `Question ${index + 1}: what boils at 100 °C?`,
    a: `Own letter a of question ${index + 1}: water, at sea level.`,
    b: `Own letter b of question ${index + 1}: most liquids, more or less.`,
  }))

type Team = TestPerson & { organizationId: string }

/** A live, funded project of pairs that pays 0.50 USD a judgment. */
export async function launchPairs(
  team: Team,
  pairs: readonly Pair[],
  options: {
    name?: string
    minWords?: number
    overlap?: number
    funds?: string
    guideline?: string
    /** In place of the template's questions. */
    questions?: object[]
  } = {},
): Promise<Project> {
  const { client } = team
  const form = templates.get('compare-responses')?.form
  if (!form) throw new Error('The template compare-responses is gone.')
  const { id } = await client.createProject({
    body: {
      template: 'compare-responses',
      name: options.name ?? 'Kitchen physics',
      organizationId: team.organizationId,
      overlap: options.overlap ?? 1,
      pay: { currency: 'USD', hourly: '30.00', estimateSeconds: 60 },
      ...(options.guideline ? { guideline: options.guideline } : {}),
      form: {
        ...form,
        questions:
          (options.questions as typeof form.questions | undefined) ??
          form.questions.map((question) =>
            question.type === 'text'
              ? { ...question, required: (options.minWords ?? 0) > 0, minWords: options.minWords ?? 0 }
              : question,
          ),
      },
    },
  })
  const params = { id }
  await client.importTasks({ params, query: { format: 'raw' }, body: pairs.map(rawLine).join('\n') })
  await client.fundProject({
    params,
    body: { amount: { amount: options.funds ?? '100.00', currency: 'USD' } },
  })
  return client.launchProject({ params })
}

/** A pair as a line of the raw format. */
export function rawLine({ id, prompt, a, b }: Pair): string {
  const message = (role: string, text: string) => ({ role, parts: [{ type: 'text', text }] })
  return JSON.stringify({
    task: {
      externalId: id,
      context: [message('user', prompt)],
      candidates: [
        { id: 'a', messages: [message('assistant', a)] },
        { id: 'b', messages: [message('assistant', b)] },
      ],
    },
  })
}

/** All judgments of a project as the results say, by external id of the task. */
export async function judgmentsOf(team: Team, projectId: string) {
  const lines: Record<string, { answer: Record<string, unknown>; late: boolean }[]> = {}
  for await (const line of await team.client.getResults({ params: { id: projectId } }))
    lines[line.task.externalId ?? ''] = line.judgments.map(({ answer, late }) => ({ answer, late }))
  return lines
}
