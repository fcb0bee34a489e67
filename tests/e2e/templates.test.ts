import { type Question, withoutUnasked } from '@groundwork/contract'
import { type Template, templates } from '@groundwork/templates'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { TestPerson } from '../support/test-server.ts'
import { answerByKeyboard, isExact } from './support/answer-by-keyboard.ts'
import { changeRows } from './support/database.ts'
import { takeForGallery } from './support/gallery.ts'
import { FOUR_LOOKS, lookAt, TWO_LOOKS } from './support/look.ts'
import { judgmentsOf } from './support/projects.ts'
import { useSite } from './support/site.ts'
import { launchTemplate } from './support/templates.ts'

const site = useSite()
const TASKS = 1

test.each([...templates.values()])(
  '$name: judged by keyboard alone, from start to receipt',
  async (template) => {
    const team = await site.server.newTeam('owner')
    const trainer = await site.server.newTrainer()
    const project = await launchTemplate(team, template.id, TASKS)
    const assignment = await holdFirst(trainer, project.id)
    const answer = withoutUnasked(template.form, firstOf(template).answer)

    const { page } = await site.visit(trainer, `/judge/${project.id}`)
    await page.getByText('Questions').first().waitFor()
    await answerByKeyboard(page, { form: template.form, task: assignment.task, answer })
    await page.getByText('Complete. You can undo').waitFor()
    await page.getByText('Draft saved').first().waitFor({ state: 'attached' })
    await toTop(page)
    await lookAt(page, `template-${template.id}`, [], TWO_LOOKS, FOUR_LOOKS)
    await page.keyboard.press('Control+Enter')
    await page.getByText(/^\+\$/).first().waitFor()

    const [given] = Object.values(await judgmentsOf(team, project.id)).flat()
    for (const question of template.form.questions) {
      if (isExact(question))
        expect(inOrder(question, given?.answer[question.id]), question.label).toEqual(
          inOrder(question, answer[question.id]),
        )
      else expect(given?.answer[question.id] === undefined).toBe(answer[question.id] === undefined)
    }
  },
)

test.runIf(process.env.GROUNDWORK_SCREENSHOTS === '1').each([...templates.values()])(
  '$name: pictures with the answer of the template',
  async (template) => {
    const team = await site.server.newTeam('owner')
    const trainer = await site.server.newTrainer()
    const project = await launchTemplate(team, template.id, TASKS)
    const { id, epoch } = await holdFirst(trainer, project.id)
    await trainer.client.saveDraft({
      params: { id },
      body: { epoch, answer: firstOf(template).answer, activeMs: 95_000 },
    })
    const { page } = await site.visit(trainer, `/judge/${project.id}`)
    await page.getByText('Complete. You can undo').waitFor()
    await toTop(page)
    await lookAt(page, `template-${template.id}`, TWO_LOOKS, TWO_LOOKS, [])
    await takeForGallery(page, template.id)
  },
)

function firstOf(template: Template) {
  const [first] = template.tasks
  if (!first) throw new Error('The template has no task.')
  return first
}

/** The trainer holds the one task of a project, its responses in their own order: chance would show them in another each time. */
async function holdFirst(trainer: TestPerson, projectId: string) {
  const { assignment } = await trainer.client.nextAssignment({ body: { projectId } })
  await changeRows(
    site.server,
    `update assignments set candidate_order = (
       select coalesce(jsonb_agg(candidate -> 'id'), '[]')
       from tasks, jsonb_array_elements(payload -> 'candidates') candidate where tasks.id = task_id
     ) where id = $1`,
    [assignment?.id],
  )
  const { assignment: held } = await trainer.client.nextAssignment({ body: { projectId } })
  if (!held) throw new Error('The trainer got no task.')
  return held
}

/** From where one begins to read, whatever was answered last. */
const toTop = (page: Page) =>
  page.evaluate(
    'document.activeElement?.blur(), document.querySelectorAll(".wb *").forEach((each) => each.scrollTo(0, 0))',
  )

/** Options in the order of the form, which is how the workbench gives them. */
function inOrder(question: Question, value: unknown): unknown {
  if (question.type !== 'multichoice') return value
  const sorted = (list: string[]) =>
    question.options.flatMap((option) => (list.includes(option.value) ? [option.value] : []))
  if (Array.isArray(value)) return sorted(value)
  const byTarget = Object.entries((value ?? {}) as Record<string, string[]>)
  return Object.fromEntries(byTarget.map(([target, list]) => [target, sorted(list)]))
}
