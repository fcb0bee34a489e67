import type { CreateProject } from '@groundwork/contract'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { png, zipOf } from '../support/images.ts'
import type { TestPerson } from '../support/test-server.ts'
import { lookAt } from './support/look.ts'
import { judgmentsOf } from './support/projects.ts'
import { useSite } from './support/site.ts'
import { focusOn, still, tabTo } from './support/workbench.ts'

const site = useSite()

type Form = NonNullable<CreateProject['form']>
type Message = { role: string; parts: object[] }
const say = (role: string, text: string): Message => ({ role, parts: [{ type: 'text', text }] })

/** A live project of one task with this form, and a trainer at it. */
async function open(
  question: Form['questions'][number],
  context: Message[],
  candidates: string[],
  images: Record<string, Uint8Array> = {},
) {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const blocks: Form['blocks'] = [
    { type: 'context' },
    ...(candidates.length > 0 ? [{ type: 'candidates' as const }] : []),
  ]
  const { id } = await team.client.createProject({
    body: {
      template: 'compare-responses',
      name: 'Editors',
      organizationId: team.organizationId,
      overlap: 1,
      pay: { currency: 'USD', hourly: '30.00', estimateSeconds: 60 },
      form: { blocks, questions: [question] },
    },
  })
  const params = { id }
  const task = {
    externalId: 't1',
    context,
    candidates: candidates.map((text, index) => ({
      id: 'abcdef'[index],
      messages: [say('assistant', text)],
    })),
  }
  const body = new Uint8Array(zipOf({ ...images, 'rows.jsonl': JSON.stringify({ task }) }))
  const done = await team.client.importTasks({ params, query: { format: 'raw' }, body })
  expect(done).toMatchObject({ created: 1 })
  await team.client.fundProject({ params, body: { amount: { amount: '10.00', currency: 'USD' } } })
  await team.client.launchProject({ params })
  const { page } = await site.visit(trainer, `/judge/${id}`)
  await page.getByText(question.label).first().waitFor()
  return { page, keyboard: page.keyboard, answer: () => answerOf(team, id) }
}

/** Waits until the only task is answered, and reads the answer from the results. */
async function answerOf(team: TestPerson & { organizationId: string }, id: string) {
  await expect.poll(async () => (await judgmentsOf(team, id)).t1?.length).toBe(1)
  return (await judgmentsOf(team, id)).t1?.[0]?.answer
}

const submitted = (page: Page) => page.getByText('No work for you here right now').waitFor()
const focused = (page: Page) => page.evaluate('document.activeElement?.getAttribute("data-part")')

test('a response is rewritten by keyboard, and all that was not touched keeps its bytes', async () => {
  const crlf = 'Boil the water.\r\nAdd salt 👩‍🍳\u2028and wait.\r\n\r\nشكرا for reading the recipe.\r\n'
  const { page, keyboard, answer } = await open(
    { id: 'better', type: 'rewrite', label: 'Make it better' },
    [say('user', 'How do I cook pasta?')],
    ['Put it in the microwave.', crlf],
  )
  const responses = page.getByRole('radiogroup', { name: 'Rewrite' })
  await responses.waitFor()
  const responseA = page
    .getByRole('region', { name: 'Response A, text' })
    .filter({ hasText: /Boil|microwave/ })
  const shownFirst = (await responseA.innerText()).includes('Boil')
  const [wanted, other] = shownFirst ? ['a', 'b'] : ['b', 'a']
  const field = (key: string) => page.getByLabel(`New text of response ${key.toUpperCase()}`)
  await keyboard.press(other)
  await tabTo(page, field(other))
  await keyboard.press('Control+End')
  await keyboard.type(' Then serve it.')
  await page.getByText('+3 added').waitFor()
  // Out of the field, so that letters are keys again.
  await keyboard.press('Escape')
  await keyboard.press(wanted)
  // Another response, and back: each keeps its text.
  await keyboard.press(other)
  await expect.poll(() => field(other).inputValue()).toBe('Put it in the microwave. Then serve it.')
  await keyboard.press(wanted)

  await tabTo(page, field(wanted))
  await expect.poll(() => field(wanted).inputValue()).toBe(crlf.replaceAll('\r\n', '\n'))
  await keyboard.press('Control+Home')
  await keyboard.type('First: ')
  await keyboard.press('Control+End')
  await keyboard.type('Enjoy.\nGoodbye.')
  await page.getByText('Change 1 of 2').first().waitFor()
  await lookAt(page, 'question-rewrite')
  await page.setViewportSize({ width: 1440, height: 900 })

  // Start over and undo; then the first change is taken back.
  await tabTo(page, page.getByRole('button', { name: 'Start over' }), 200)
  await keyboard.press('Enter')
  await page.getByText('No changes yet').waitFor()
  await tabTo(page, page.getByRole('button', { name: 'Undo' }), 200)
  await keyboard.press('Enter')
  await page.getByText('Change 1 of 2').first().waitFor()
  await tabTo(page, page.getByRole('button', { name: 'Restore this passage' }), 200)
  await keyboard.press('Enter')
  await page.getByText('Change 1 of 1').first().waitFor()
  await tabTo(page, field(wanted), 200)
  await keyboard.press('Control+z')
  await expect.poll(() => field(wanted).inputValue()).toContain('First: ')
  await keyboard.press('Control+Shift+z')
  await keyboard.press('Control+Enter')
  await submitted(page)
  const { better } = (await answer()) as { better: { candidate: string; original: string; text: string } }
  expect(better).toEqual({ candidate: 'b', original: crlf, text: `${crlf}Enjoy.\r\nGoodbye.` })
})

test('a text of 100 kB is rewritten without waiting for its diff', async () => {
  const long = Array.from(
    { length: 1_500 },
    (_, line) => `Line ${line} says that water boils at ${line % 100} degrees, or so.`,
  ).join('\n')
  const { page, keyboard, answer } = await open(
    { id: 'better', type: 'rewrite', label: 'Make it better' },
    [say('user', 'Tell me everything.')],
    [long],
  )
  const field = page.getByLabel('New text')
  await tabTo(page, field)
  await keyboard.press('Control+End')
  await keyboard.type(' The end, at last.')
  await page.getByText('+4 added').waitFor()
  await keyboard.press('Control+Enter')
  await submitted(page)
  expect(await answer()).toEqual({
    better: { candidate: 'a', original: long, text: `${long} The end, at last.` },
  })
})

test('steps are judged by keyboard up to the first error, which gets a better step', async () => {
  const steps = [
    'We want $2^{10}$.',
    'We know that $2^5 = 32$.',
    'So $2^{10} = 32 \\cdot 2 = 64$.',
    'The answer is **64**.',
  ]
  const { page, keyboard, answer } = await open(
    { id: 'steps', type: 'steps', label: 'Judge the steps', mode: 'first_error', better: 'required' },
    [say('user', 'What is two to the power of ten?')],
    [steps.join('\n\n')],
  )
  await page.getByText('0 of 4 judged').waitFor()
  await keyboard.press('1')
  await expect.poll(() => focused(page)).toBe('steps.1')
  await keyboard.press('n')
  await expect.poll(() => focused(page)).toBe('steps.2')
  await keyboard.press('k')
  await expect.poll(() => focused(page)).toBe('steps.1')
  await keyboard.press('c')
  await expect.poll(() => focused(page)).toBe('steps.2')
  await keyboard.press('x')
  const better = page.getByLabel('A better step 3')
  await focusOn(better)
  await page.getByText('Not judged: after the first error').waitFor()
  await keyboard.type('So $2^{10} = 32 \\cdot 32 = 1024$.')
  await keyboard.press('Escape')
  await expect.poll(() => focused(page)).toBe('steps.2')
  await keyboard.press('m')
  await focusOn(page.getByRole('textbox', { name: 'Comment on step 3' }))
  await keyboard.type('Squared, not doubled.')
  await page.getByText('3 of 3 judged').first().waitFor()
  await lookAt(page, 'question-steps')
  await keyboard.press('Control+Enter')
  await submitted(page)
  expect(await answer()).toEqual({
    steps: {
      candidate: 'a',
      steps: [
        { text: steps[0], label: 1 },
        { text: steps[1], label: 1 },
        {
          text: steps[2],
          label: -1,
          better: 'So $2^{10} = 32 \\cdot 32 = 1024$.',
          comment: 'Squared, not doubled.',
        },
        { text: steps[3], label: null },
      ],
    },
  })
})

test('steps of several responses are judged each', async () => {
  const { page, keyboard, answer } = await open(
    { id: 'steps', type: 'steps', label: 'Judge the steps', each: 'candidate', split: 'lines' },
    [say('user', 'Count to two.')],
    ['One\nTwo', 'Eins\nZwei'],
  )
  await page.getByText('0 of 2 judged').first().waitFor()
  // When one response is done, the next one is the active question.
  await keyboard.press('1')
  await keyboard.press('1')
  await page.getByText('2 of 2 judged').first().waitFor()
  await expect.poll(() => focused(page)).toBe('steps.0')
  await keyboard.press('3')
  await keyboard.press('2')
  await expect.poll(() => page.getByText('2 of 2 judged').count()).toBeGreaterThan(1)
  await keyboard.press('Control+Enter')
  await submitted(page)
  const { steps } = (await answer()) as { steps: Record<string, { steps: { label: number }[] }> }
  const labels = Object.values(steps).map((each) => each.steps.map(({ label }) => label))
  expect(labels.map(String).sort()).toEqual(['-1,0', '1,1'])
})

test('a conversation is written by keyboard, changed and cut, and turns still alternate', async () => {
  const { page, keyboard, answer } = await open(
    { id: 'talk', type: 'turns', label: 'Write the conversation', min: 2, last: 'assistant', minWords: 2 },
    [say('user', 'Topic: tea')],
    [],
  )
  const composer = page.locator('[data-composer]')
  await tabTo(page, composer)
  await keyboard.type('How long does **green tea** take?')
  await keyboard.press('Control+Enter')
  await page.getByText('Message 2, Assistant').waitFor()
  await focusOn(composer)
  await keyboard.type('Two minutes.')
  await keyboard.press('Control+Enter')
  await keyboard.type('And black?')
  await keyboard.press('Control+Enter')
  await keyboard.type('Four minutes at least.')
  await page.getByText('4 messages').waitFor()
  await lookAt(page, 'question-turns')
  await keyboard.press('Control+Enter')

  // The first is changed; the second goes with the third, and comes back.
  await tabTo(page, page.getByRole('button', { name: 'Edit message 1' }), 200)
  await keyboard.press('Enter')
  await keyboard.press('Control+End')
  await keyboard.type(' Please.')
  await keyboard.press('Control+Enter')
  await page.getByText('Please.').waitFor()
  const remove = page.getByRole('button', { name: 'Delete message 2 and the one after it' })
  await tabTo(page, remove, 200)
  await keyboard.press('Enter')
  await page.getByText('2 messages deleted.').first().waitFor()
  await expect.poll(() => page.getByText('Two minutes.').count()).toBe(0)
  await tabTo(page, page.locator('.talk-head').getByRole('button', { name: 'Undo' }), 200)
  await keyboard.press('Enter')
  await page.getByText('Two minutes.').waitFor()
  await tabTo(page, composer, 200)
  // Nothing in the field: the same keys submit the task.
  await keyboard.press('Control+Enter')
  await submitted(page)
  expect(await answer()).toEqual({
    talk: {
      messages: [
        { role: 'user', text: 'How long does **green tea** take? Please.' },
        { role: 'assistant', text: 'Two minutes.' },
        { role: 'user', text: 'And black?' },
        { role: 'assistant', text: 'Four minutes at least.' },
      ],
    },
  })
})

test('one message alone is one field, and what is in it is the answer', async () => {
  const { page, keyboard, answer } = await open(
    { id: 'reply', type: 'turns', label: 'Write the answer', first: 'assistant', min: 1, max: 1 },
    [say('user', 'What is tea?')],
    [],
  )
  await tabTo(page, page.getByLabel('Message of: Assistant'))
  await keyboard.type('A drink\nof leaves.')
  await lookAt(page, 'question-turns-single', [])
  await keyboard.press('Control+Enter')
  await submitted(page)
  expect(await answer()).toEqual({
    reply: { messages: [{ role: 'assistant', text: 'A drink\nof leaves.' }] },
  })
})

/** A cat and a dog on a meadow, as far as they can be drawn in a few lines. */
const scene = `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="600">
  <rect width="1000" height="600" fill="#bcdcec"/><rect y="330" width="1000" height="270" fill="#8bb26b"/>
  <g fill="#c98d4b"><ellipse cx="510" cy="330" rx="95" ry="55"/><circle cx="425" cy="280" r="38"/>
  <path d="M398 262l4-40 26 24zM428 246l26-24 4 40z"/><path d="M600 330q60-20 40-90" fill="none" stroke="#c98d4b" stroke-width="14"/></g>
  <g fill="#6b4a33"><ellipse cx="860" cy="330" rx="95" ry="50"/><rect x="770" y="230" width="70" height="60" rx="24"/>
  <path d="M772 236l-22 50 26 6zM838 236l22 50-26 6z"/></g></svg>`
const images = async () => ({
  'wide.png': await sharp(Buffer.from(scene)).png().toBuffer(),
  'small.png': await png(9, 60, 40),
})
const [wide, small] = ['wide', 'small'].map((name) => ({
  type: 'image',
  assetId: `${name}.png`,
  alt: `A ${name} picture`,
})) as [object, object]
const labels = [
  { value: 'cat', label: 'Cat' },
  { value: 'dog', label: 'Dog' },
]

test('boxes and polygons are put on images by keyboard, to the pixel', async () => {
  const { page, keyboard, answer } = await open(
    { id: 'marks', type: 'boxes', label: 'Mark the animals', labels },
    [{ role: 'user', parts: [wide, small] }],
    [],
    await images(),
  )
  const stage = page.getByRole('application')
  const number = (what: string, mark: number) =>
    page.getByRole('spinbutton', { name: `${what} of mark ${mark}`, exact: true })
  const value = async (what: string, mark: number) => Number(await number(what, mark).inputValue())
  const put = async (what: string, mark: number, typed: string) => {
    await tabTo(page, number(what, mark), 200)
    await keyboard.press('Control+a')
    await keyboard.type(typed)
  }
  await page.getByRole('application', { name: /Image 1 of 2: A wide picture/ }).waitFor()
  await keyboard.press('b')
  await number('Left', 1).waitFor()
  const [left, top, width, height] = [
    await value('Left', 1),
    await value('Top', 1),
    await value('Width', 1),
    await value('Height', 1),
  ]
  expect([left + Math.round(width / 2), top + Math.round(height / 2)]).toEqual([500, 300])
  await focusOn(stage)
  await keyboard.press('ArrowRight')
  await keyboard.press('Shift+ArrowUp')
  await keyboard.press('Alt+ArrowRight')
  await keyboard.press('Alt+Shift+ArrowUp')
  await expect.poll(async () => [await value('Left', 1), await value('Top', 1)]).toEqual([left + 1, top - 10])
  await expect
    .poll(async () => [await value('Width', 1), await value('Height', 1)])
    .toEqual([width + 1, height - 10])

  // A second one over it, with another label; Tab goes from one to the other, and out at the end.
  await keyboard.press('b')
  await keyboard.press('2')
  await page.getByText(/Mark 2 of 2, Dog, box/).waitFor()
  await keyboard.press('Shift+Tab')
  await page.getByText(/Mark 1 of 2, Cat, box/).waitFor()
  await keyboard.press('Tab')
  await page.getByText(/Mark 2 of 2, Dog, box/).waitFor()
  await keyboard.press('Delete')
  await page.getByText('1 mark', { exact: true }).waitFor()
  await keyboard.press('Control+z')
  await page.getByText('2 marks', { exact: true }).waitFor()

  // Zoom, and the numbers by hand; what does not fit the image is put to its edge.
  await keyboard.press('+')
  await keyboard.press('+')
  await keyboard.press('0')
  await put('Left', 2, '5000')
  await keyboard.press('Tab')
  await expect.poll(() => value('Left', 2)).toBe(1_000 - width)

  // A polygon by its cross.
  await keyboard.press('Escape')
  await keyboard.press('p')
  await keyboard.press('Space')
  for (const arrow of ['Shift+ArrowRight', 'Shift+ArrowDown', 'Shift+ArrowLeft']) {
    await keyboard.press(arrow)
    await keyboard.press('Space')
  }
  await keyboard.press('Backspace')
  await keyboard.press('Enter')
  await page.getByText('Polygon, 3 points').waitFor()
  await put('Width', 3, '60')
  await put('Height', 3, '90')
  await tabTo(page, stage, 200)

  // The other image, which is small: its box is in its own pixels.
  await keyboard.press('PageDown')
  await page.getByRole('application', { name: /Image 2 of 2: A small picture/ }).waitFor()
  await keyboard.press('1')
  await keyboard.press('b')
  await page.getByText('4 marks', { exact: true }).waitFor()
  await stage.focus()
  await keyboard.press('PageUp')
  await keyboard.press('Tab')
  await lookAt(page, 'question-boxes')
  await keyboard.press('Control+Enter')
  await submitted(page)
  const place = { target: 'context:0', part: 0 }
  expect(await answer()).toEqual({
    marks: {
      boxes: [
        {
          ...place,
          label: 'cat',
          shape: 'rectangle',
          x: left + 1,
          y: top - 10,
          width: width + 1,
          height: height - 10,
        },
        { ...place, label: 'dog', shape: 'rectangle', x: 1_000 - width, y: top, width, height },
        {
          ...place,
          label: 'dog',
          shape: 'polygon',
          points: [
            [500, 300],
            [560, 300],
            [560, 390],
          ],
        },
        {
          target: 'context:0',
          part: 1,
          label: 'cat',
          shape: 'rectangle',
          x: 22,
          y: 15,
          width: 15,
          height: 10,
        },
      ],
    },
  })
})

test('boxes are drawn, moved and pulled by mouse, and nothing to mark is an answer', async () => {
  const { page, keyboard, answer } = await open(
    { id: 'marks', type: 'boxes', label: 'Mark the animals', labels },
    [{ role: 'user', parts: [wide] }],
    [],
    await images(),
  )
  const stage = page.getByRole('application')
  await stage.waitFor()
  await expect
    .poll(() => stage.locator('img').evaluate((each) => Reflect.get(each, 'naturalWidth')))
    .toBe(1_000)
  await stage.scrollIntoViewIfNeeded()
  const { mouse } = page
  const drag = async (from: [number, number], to: [number, number]) => {
    const at = await still(stage.locator('img'))
    const scale = at.width / 1_000
    await mouse.move(at.x + from[0] * scale, at.y + from[1] * scale)
    await mouse.down()
    await mouse.move(at.x + ((from[0] + to[0]) / 2) * scale, at.y + ((from[1] + to[1]) / 2) * scale)
    await mouse.move(at.x + to[0] * scale, at.y + to[1] * scale)
    await mouse.up()
  }
  const bounds = async () =>
    Promise.all(
      ['Left', 'Top', 'Width', 'Height'].map(async (what) =>
        Number(await page.getByRole('spinbutton', { name: `${what} of mark 1`, exact: true }).inputValue()),
      ),
    )
  const near = (wanted: number[]) =>
    expect
      .poll(bounds)
      .toSatisfy((found: number[]) =>
        wanted.every((value, index) => Math.abs((found[index] ?? 0) - value) < 4),
      )
  await drag([100, 100], [300, 200])
  await near([100, 100, 200, 100])
  await drag([200, 150], [400, 250])
  await near([300, 200, 200, 100])
  await drag([500, 300], [600, 400])
  await near([300, 200, 300, 200])
  // Past the edge it ends at the edge.
  await drag([600, 400], [1_400, 900])
  await expect
    .poll(bounds)
    .toSatisfy(([x = 0, y = 0, width = 0, height = 0]: number[]) => x + width === 1_000 && y + height === 600)

  // A polygon by clicks, closed at its first point.
  await keyboard.press('Escape')
  await page.getByRole('radio', { name: 'Polygon' }).check()
  for (const point of [
    [50, 50],
    [90, 50],
    [90, 90],
    [50, 50],
  ] as [number, number][])
    await drag(point, point)
  await page.getByText('Polygon, 3 points').waitFor()
  await keyboard.press('Delete')
  await page.getByRole('button', { name: 'Delete mark 1' }).click()
  await page.getByText('0 marks', { exact: true }).waitFor()
  await keyboard.press('n')
  await keyboard.press('Control+Enter')
  await submitted(page)
  expect(await answer()).toEqual({ marks: { boxes: [], none: true } })
})

test('fingers draw a box, and two of them zoom', async () => {
  const { page } = await open(
    { id: 'marks', type: 'boxes', label: 'Mark the animals', labels },
    [{ role: 'user', parts: [wide] }],
    [],
    await images(),
  )
  const stage = page.getByRole('application')
  await stage.scrollIntoViewIfNeeded()
  await expect
    .poll(() => stage.locator('img').evaluate((each) => Reflect.get(each, 'naturalWidth')))
    .toBe(1_000)
  const at = await still(stage)
  const devtools = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: [number, number][]) =>
    devtools.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points.map(([x, y], id) => ({ x: at.x + x, y: at.y + y, id })),
    })
  const percent = async () => Number(/(\d+) %/.exec(await page.locator('.boxes-tools .end').innerText())?.[1])
  await touch('touchStart', [300, 200])
  await touch('touchMove', [350, 250])
  await touch('touchMove', [400, 280])
  await touch('touchEnd')
  await page.getByText('1 mark', { exact: true }).waitFor()
  const before = await percent()
  await touch('touchStart', [550, 200])
  await touch('touchStart', [550, 200], [650, 200])
  await touch('touchMove', [500, 200], [700, 200])
  await touch('touchMove', [450, 200], [750, 200])
  await touch('touchEnd')
  await expect.poll(percent).toBeGreaterThan(before * 2.5)
  await page.getByText('1 mark', { exact: true }).waitFor()
})
