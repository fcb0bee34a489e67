import { type Question, withoutUnasked } from '@groundwork/contract'
import { templates } from '@groundwork/templates'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { answerByKeyboard, isExact } from './support/answer-by-keyboard.ts'
import { takeForGallery } from './support/gallery.ts'
import { lookAt, TWO_LOOKS } from './support/look.ts'
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
    const { assignment } = await trainer.client.nextAssignment({ body: { projectId: project.id } })
    if (!assignment) throw new Error('The template has no task.')
    const sample = template.tasks.find(({ task }) => task.externalId === assignment.task.externalId)
    if (!sample) throw new Error('This is no task of the template.')
    const answer = withoutUnasked(template.form, sample.answer)

    const { page } = await site.visit(trainer, `/judge/${project.id}`)
    await page.getByText('Questions').first().waitFor()
    await answerByKeyboard(page, { form: template.form, task: assignment.task, answer })
    await page.getByText('Complete. You can undo').waitFor()
    await toTop(page)
    await lookAt(page, `template-${template.id}`, [], TWO_LOOKS)
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
    const { assignment } = await trainer.client.nextAssignment({ body: { projectId: project.id } })
    if (!assignment) throw new Error('The template has no task.')
    const sample = template.tasks.find(({ task }) => task.externalId === assignment.task.externalId)
    const { id, epoch } = assignment
    await trainer.client.saveDraft({
      params: { id },
      body: { epoch, answer: sample?.answer ?? {}, activeMs: 95_000 },
    })
    const { page } = await site.visit(trainer, `/judge/${project.id}`)
    await page.getByText('Complete. You can undo').waitFor()
    await toTop(page)
    await lookAt(page, `template-${template.id}`, TWO_LOOKS)
    await takeForGallery(page, template.id)
  },
)

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
