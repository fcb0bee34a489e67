import type { Page } from 'playwright-core'
import { beforeAll, test } from 'vitest'
import { demoProjects, demoTasks } from '../../apps/server/src/demo/demo-files.ts'
import { changeRows } from './support/database.ts'
import { openDemo } from './support/demo.ts'
import { type Look, lookAt } from './support/look.ts'
import { useSite } from './support/site.ts'
import { workbenchOf } from './support/workbench.ts'

const site = useSite({ founded: false })
const TRAINER = 'Thandiwe Mokoena'

let demo: Awaited<ReturnType<typeof openDemo>>
let project: { id: string; draft: string; invitation: string }
/** What the trainer says about the task in the workbench. */
let judgment: { key: string; reason: string }

beforeAll(async () => {
  demo = await openDemo(site.server)
  const owner = demo.clientOf(demo.role('owner'))
  const { items } = await owner.listProjects()
  const coding = items.find((each) => each.name.startsWith('Coding'))
  const organizationId = coding?.organizationId ?? ''
  const draft = await owner.createProject({
    body: { template: 'compare-responses', name: 'Support answers, spring', organizationId },
  })
  await owner.importTasks({
    params: { id: draft.id },
    query: { format: 'pairs', map: 'prompt=question,a=answer_1,b=answer_2,id=id' },
    body: SUPPORT_ANSWERS,
  })
  const { link } = await owner.createInvitation({
    params: { id: organizationId },
    body: { email: 'kwame.boateng@lindenrow.example', role: 'reviewer' },
  })
  await owner.createWebhook({
    params: { id: organizationId },
    body: {
      url: 'https://hooks.lindenrow.example/groundwork',
      description: 'Nightly training set',
      events: ['task.finished', 'export.ready'],
    },
  })
  await owner.createExport({ params: { id: coding?.id ?? '' }, body: { format: 'trl-preference' } })
  judgment = await holdTask(coding?.id ?? '')
  project = { id: coding?.id ?? '', draft: draft.id, invitation: new URL(link).pathname }
})

/** Gives the trainer a task, its responses in their own order, so that what is said about them fits what stands there. */
async function holdTask(projectId: string) {
  const { assignment } = await demo.clientOf(demo.named(TRAINER)).nextAssignment({ body: { projectId } })
  await changeRows(site.server, `update assignments set candidate_order = '["a", "b"]' where id = $1`, [
    assignment?.id,
  ])
  const [coding] = await demoProjects()
  const tasks = coding ? await demoTasks(coding) : []
  const task = tasks.find((each) => each.externalId === assignment?.task.externalId)
  if (!task) throw new Error('The trainer got no task of the demo.')
  return { key: task.better === 'a' ? '2' : task.better === 'b' ? '6' : 't', reason: task.why }
}

type Screen = {
  name: string
  /** Who looks: a role of the demo's team, a trainer, or nobody who is signed in. */
  as: 'owner' | 'manager' | 'operator' | 'trainer' | 'nobody'
  path: () => string
  /** Brings the page into the state that is looked at, and waits for it. */
  ready: (page: Page) => Promise<unknown>
  pictures?: Look[]
}

const heading = (name: string | RegExp) => (page: Page) =>
  page.getByRole('heading', { name }).first().waitFor()
const words = (text: string | RegExp) => (page: Page) =>
  page.getByText(text).filter({ visible: true }).first().waitFor()
const inTable = (text: string) => (page: Page) => page.getByRole('row').filter({ hasText: text }).waitFor()

async function answered(page: Page) {
  const bench = workbenchOf(page)
  await bench.response('A').waitFor()
  // The question is loaded with the first task that asks it.
  await bench.choice(1).waitFor({ state: 'attached' })
  await page.keyboard.press(judgment.key)
  await bench.reason.fill(judgment.reason)
  await page.getByText(/Draft saved/).waitFor()
}

const screens: Screen[] = [
  { name: 'sign-in', as: 'nobody', path: () => '/sign-in', ready: heading('Sign in') },
  { name: 'sign-up', as: 'nobody', path: () => '/sign-up?as=trainer', ready: heading('Create an account') },
  { name: 'forgotten', as: 'nobody', path: () => '/forgot', ready: heading('A new password') },
  {
    name: 'new-password',
    as: 'nobody',
    path: () => '/reset?token=x',
    ready: heading('Choose a new password'),
  },
  {
    name: 'invitation',
    as: 'nobody',
    path: () => project.invitation,
    ready: heading('Join Linden Row Assistants'),
  },
  {
    name: 'home',
    as: 'trainer',
    path: () => '/home',
    ready: heading('Available to you'),
    pictures: ['1440-light', '1440-dark', '390-light'],
  },
  {
    name: 'workbench',
    as: 'trainer',
    path: () => `/judge/${project.id}`,
    ready: answered,
    pictures: ['1440-light', '1440-dark', '390-light'],
  },
  {
    name: 'workbench-guideline',
    as: 'trainer',
    path: () => `/judge/${project.id}`,
    ready: async (page) => {
      await workbenchOf(page).response('A').waitFor()
      await page.keyboard.press('g')
      await page
        .getByRole('complementary', { name: 'Guideline and notes' })
        .getByRole('heading')
        .first()
        .waitFor()
    },
  },
  {
    name: 'workbench-flag',
    as: 'trainer',
    path: () => `/judge/${project.id}`,
    ready: async (page) => {
      await workbenchOf(page).response('A').waitFor()
      await page.keyboard.press('f')
      await page.getByRole('dialog').getByText('Flag this task').waitFor()
    },
  },
  {
    name: 'workbench-keys',
    as: 'trainer',
    path: () => `/judge/${project.id}`,
    ready: async (page) => {
      await workbenchOf(page).response('A').waitFor()
      await page.keyboard.press('?')
      await page.getByRole('dialog').getByText('Submit while typing').waitFor()
    },
  },
  { name: 'earnings', as: 'trainer', path: () => '/earnings', ready: heading('Statement') },
  { name: 'account', as: 'trainer', path: () => '/account', ready: words('this one') },
  { name: 'profile', as: 'trainer', path: () => '/account/profile', ready: words('Expertise') },
  { name: 'api-keys', as: 'trainer', path: () => '/account/keys', ready: words('Demo') },
  { name: 'projects', as: 'manager', path: () => '/projects', ready: inTable('Support answers, spring') },
  { name: 'new-project', as: 'manager', path: () => '/projects/new', ready: words('What is to be judged') },
  {
    name: 'new-project-data',
    as: 'manager',
    path: () => `/projects/new?project=${project.draft}&step=data`,
    ready: async (page) => {
      await page.locator('input[type=file]').setInputFiles({
        name: 'support-answers.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(SUPPORT_ANSWERS),
      })
      await page.getByText('As trainers will see it').waitFor()
    },
  },
  {
    name: 'new-project-guideline',
    as: 'manager',
    path: () => `/projects/new?project=${project.draft}&step=guideline`,
    ready: words('As trainers read it'),
  },
  {
    name: 'new-project-pay',
    as: 'manager',
    path: () => `/projects/new?project=${project.draft}&step=audience`,
    ready: words('trainers match'),
  },
  {
    name: 'new-project-launch',
    as: 'manager',
    path: () => `/projects/new?project=${project.draft}&step=launch`,
    ready: words('What is launched'),
  },
  {
    name: 'project',
    as: 'manager',
    path: () => `/projects/${project.id}/overview`,
    ready: words('Table behind this chart'),
    pictures: ['1440-light', '1440-dark', '390-light'],
  },
  {
    name: 'tasks',
    as: 'manager',
    path: () => `/projects/${project.id}/tasks`,
    ready: words('Last user turn'),
  },
  {
    name: 'task',
    as: 'manager',
    path: () => `/projects/${project.id}/tasks?state=done`,
    ready: async (page) => {
      await page
        .getByRole('link', { name: /^coding-/ })
        .first()
        .click()
      await page.getByRole('dialog').getByText('What only the team sees').waitFor()
    },
  },
  {
    name: 'results',
    as: 'manager',
    path: () => `/projects/${project.id}/results`,
    ready: words('Where people differ'),
  },
  { name: 'exports', as: 'manager', path: () => `/projects/${project.id}/exports`, ready: words('Ready') },
  {
    name: 'new-export',
    as: 'manager',
    path: () => `/projects/${project.id}/exports`,
    ready: async (page) => {
      await page.getByRole('button', { name: 'New export' }).click()
      await page.getByText(/^\d+ rows$/).waitFor()
    },
  },
  {
    name: 'settings',
    as: 'manager',
    path: () => `/projects/${project.id}/settings`,
    ready: words('Sum, always zero'),
  },
  {
    name: 'organization',
    as: 'owner',
    path: () => '/organization',
    ready: words('kwame.boateng@lindenrow.example'),
  },
  {
    name: 'webhooks',
    as: 'owner',
    path: () => '/organization/webhooks',
    ready: (page) => page.getByText('https://hooks.lindenrow.example/groundwork').waitFor(),
  },
  {
    name: 'new-organization',
    as: 'owner',
    path: () => '/organization/new',
    ready: heading('Create an organization'),
  },
  {
    name: 'operator',
    as: 'operator',
    path: () => '/operator',
    ready: words('kwame.boateng@lindenrow.example'),
  },
  {
    name: 'command-palette',
    as: 'manager',
    path: () => '/projects',
    ready: async (page) => {
      await inTable('Support answers, spring')(page)
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').getByRole('combobox').waitFor()
    },
  },
  {
    name: 'nothing-here',
    as: 'manager',
    path: () => '/no/such/page',
    ready: words('There is nothing at this address'),
  },
]

const SUPPORT_ANSWERS = `id,question,answer_1,answer_2
s-001,"I was charged twice for May. Can you undo one?","Yes. I have cancelled the second charge of 12 May; it is back on your card within five days.","Please contact your bank."
s-002,"How do I move my data to another account?","Under Settings, Export: choose **Everything**, then import the file in the other account.","You cannot do that."
s-003,"The app signs me out every hour.","That happens when the clock of the phone is wrong. Turn on automatic time and sign in once more.","Sign in again each time."
`

test.for(screens)('$name: axe finds nothing, wide and on a phone, light and dark', async (screen) => {
  const person =
    screen.as === 'nobody' ? null : screen.as === 'trainer' ? demo.named(TRAINER) : demo.role(screen.as)
  const { page } = await site.visit(person, screen.path())
  await screen.ready(page)
  await lookAt(page, screen.name, screen.pictures)
})
