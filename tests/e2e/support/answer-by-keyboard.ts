import type { Answer, Form, Question, ShownTask } from '@groundwork/contract'
import { eachOf, isAsked, targetsOf } from '@groundwork/contract'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { focusOn, tabTo } from './workbench.ts'

/**
 * Gives an answer to the task on the screen with nothing but keys, as somebody without a pointer would.
 * @param answer a complete answer to the form
 */
export async function answerByKeyboard(
  page: Page,
  { form, task, answer }: { form: Form; task: ShownTask; answer: Answer },
): Promise<void> {
  for (const question of form.questions) {
    for (const target of targetsOf(question, task) ?? [undefined]) {
      if (!isAsked(form, question, answer, target)) continue
      const whole = answer[question.id]
      const value = target === undefined ? whole : (whole as Record<string, unknown> | undefined)?.[target]
      if (value === undefined) continue
      const place = target === undefined ? question.id : `${question.id}/${target}`
      const element = await goTo(page, place)
      await answerOne({ page, element, task, question, target }, value)
    }
  }
}

type At = {
  page: Page
  /** What the question is drawn in. */
  element: Locator
  task: ShownTask
  question: Question
  target: string | undefined
}

/** Makes a place the active one, by the keys that go from question to question. */
async function goTo(page: Page, place: string): Promise<Locator> {
  const element = page.locator(`[id="place-${place}"]`)
  // Editors are loaded when a form asks for them.
  await element.locator('input, textarea, button, [tabindex="0"]').first().waitFor({ state: 'attached' })
  const active = () =>
    element.evaluate((each) => each.matches('[data-active], :has([data-active]), :focus-within'))
  const ownsArrows = () =>
    page.evaluate('document.activeElement?.closest(".rank-list, [role=application]") !== null')
  await leaveField(page)
  for (const key of ['Alt+ArrowDown', 'Alt+ArrowUp']) {
    for (let count = 0; count < 60; count++) {
      const before = await page.evaluate('document.activeElement?.closest("[data-place]")?.id ?? ""')
      if (before === `place-${place}` || ((await active()) && before !== '')) return element
      await page.keyboard.press(key)
      // Focus moves after the next paint.
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
      const after = await page.evaluate('document.activeElement?.closest("[data-place]")?.id ?? ""')
      if (after !== before || count === 0) continue
      // An editor that has these keys for itself is left by Tab.
      if (key === 'Alt+ArrowUp' || !(await ownsArrows())) break
      await page.keyboard.press('Tab')
    }
  }
  throw new Error(`No key leads to the question "${place}".`)
}

async function leaveField(page: Page): Promise<void> {
  const typing = () =>
    page.evaluate('document.activeElement?.matches("input:not([type=radio]):not([type=checkbox]), textarea")')
  if (!(await typing())) return
  await page.keyboard.press('Escape')
  await expect.poll(typing).not.toBe(true)
}

async function answerOne(at: At, value: unknown): Promise<void> {
  const { page, question } = at
  const { keyboard } = page
  switch (question.type) {
    case 'preference':
      return preference(at, value as Parameters<typeof preference>[1])
    case 'ranking': {
      const { ranks } = value as { ranks: { candidate: string; rank: number }[] }
      // In the order of the screen: a number goes on to the next response.
      for (const { id } of at.task.candidates) {
        await keyboard.press(String(ranks.find(({ candidate }) => candidate === id)?.rank ?? 1))
      }
      return
    }
    case 'scale':
      return value === 'na'
        ? keyboard.press('0')
        : keyboard.press(String(question.points.findIndex((point) => point.value === value) + 1))
    case 'choice':
      return choose(at, question.options, [value as string])
    case 'multichoice': {
      const values = value as string[]
      await leaveField(page)
      return values.length === 0 ? keyboard.press('0') : choose(at, question.options, values)
    }
    case 'text':
      return keyboard.insertText(value as string)
    case 'rewrite': {
      const { candidate, text } = value as { candidate: string; text: string }
      if (at.task.candidates.length > 1) {
        const place = at.task.candidates.findIndex(({ id }) => id === candidate)
        await keyboard.press(String.fromCharCode(97 + place))
      }
      const field = at.element.getByRole('textbox').first()
      await tabTo(page, field, 120)
      await keyboard.press('Control+a')
      return keyboard.insertText(text)
    }
    case 'turns':
      return turns(at, value as Parameters<typeof turns>[1])
    case 'steps':
      return steps(at, value as Parameters<typeof steps>[1])
    case 'spans':
      return spans(at, value as Parameters<typeof spans>[1])
    case 'boxes':
      return boxes(at, value as Parameters<typeof boxes>[1])
    case 'sources':
      return sources(at, value as Parameters<typeof sources>[1])
  }
}

type Graded = { outcome: string; strength: number }

async function preference(
  { page, task, question }: At,
  { axes = {}, ...overall }: Graded & { axes?: Record<string, Graded> },
): Promise<void> {
  const key = ({ outcome, strength }: Graded) => {
    const tie = { tie: 't', both_good: 'y', both_bad: 'n' }[outcome]
    if (tie) return tie
    const first = task.candidates[0]?.id === outcome
    return String(first ? 4 - Math.abs(strength) : 4 + Math.abs(strength))
  }
  await page.keyboard.press(key(overall))
  // Each key goes on to the next axis.
  for (const { id } of (question.type === 'preference' && question.axes) || []) {
    const graded = axes[id]
    if (graded) await page.keyboard.press(key(graded))
  }
}

/** By the keys that stand beside the options; in a searched list by typing. */
async function choose(
  { page, element }: At,
  options: readonly { value: string; label: string; parent?: string | undefined }[],
  values: readonly string[],
): Promise<void> {
  const search = element.getByRole('combobox')
  const searched = options.length > 12 || options.some(({ parent }) => parent !== undefined)
  for (const wanted of values) {
    const label = options.find(({ value }) => value === wanted)?.label ?? ''
    if (!searched) {
      const option = element.locator('label').filter({
        has: page
          .getByRole('radio', { name: label, exact: true })
          .or(page.getByRole('checkbox', { name: label, exact: true })),
      })
      await page.keyboard.press((await option.locator('kbd').first().innerText()).toLowerCase())
      continue
    }
    await tabTo(page, search, 120)
    await page.keyboard.insertText(label)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
  }
}

async function turns(
  { page, element, question }: At,
  { messages }: { messages: { role: string; text: string }[] },
): Promise<void> {
  const single = question.type === 'turns' && question.min === 1 && question.max === 1
  const field = single ? element.getByRole('textbox').first() : element.locator('[data-composer]')
  await tabTo(page, field, 120)
  for (const { text } of messages) {
    await page.keyboard.insertText(text)
    if (!single) await page.keyboard.press('Control+Enter')
  }
}

async function steps(
  { page, element }: At,
  value: { steps: { label: number | null; better?: string; comment?: string }[] },
): Promise<void> {
  for (const [index, { label, better, comment }] of value.steps.entries()) {
    if (label === null) continue
    await page.keyboard.press(label === 1 ? '1' : label === 0 ? '2' : '3')
    if (label !== -1) continue
    if (better) {
      // It went on to the next step; back, and into the field of this one.
      const field = element.getByLabel(/^A better step/).last()
      if (!(await field.evaluate((each) => each.matches(':focus')))) {
        if (index + 1 < value.steps.length) await page.keyboard.press('k')
        await tabTo(page, field, 40)
      }
      await page.keyboard.insertText(better)
    }
    await leaveField(page)
    if (comment) {
      await page.keyboard.press('m')
      const field = element.getByRole('textbox', { name: `Comment on step ${index + 1}` })
      await focusOn(field)
      await page.keyboard.insertText(comment)
      await leaveField(page)
    }
    await page.keyboard.press('j')
  }
}

type Mark = { category: string; severity?: string; comment?: string }

/** As many marks as the answer has, each on a passage further on in the text, said to be the same. */
async function spans(
  { page, element, question }: At,
  { spans: wanted, none }: { spans: Mark[]; none?: true },
): Promise<void> {
  if (question.type !== 'spans') return
  const { keyboard } = page
  if (none) return keyboard.press('n')
  const lines = question.unit === 'line'
  await keyboard.press('m')
  const reader = lines
    ? page.locator('[data-line-cursor]').first()
    : element.getByRole('application', { name: /^Reading cursor/ })
  await focusOn(reader)
  for (const mark of wanted) {
    await keyboard.press(lines ? 'j' : 'ArrowRight')
    if (!lines) await keyboard.press('Shift+ArrowRight')
    await keyboard.press(lines ? 'c' : 'Enter')
    await pick(page, question, mark)
    // The keyboard comes back to where the passage was taken.
    await (lines ? page.locator('[data-row]:focus').waitFor() : focusOn(reader))
  }
  if (!lines) await keyboard.press('Escape')
}

async function pick(
  page: Page,
  question: Extract<Question, { type: 'spans' }>,
  { category, severity, comment }: Mark,
): Promise<void> {
  const picker = page.getByRole('dialog', { name: 'Mark this passage' })
  await picker.waitFor()
  const label = (options: readonly { value: string; label: string }[], value: string) =>
    options.find((each) => each.value === value)?.label ?? ''
  const option = (name: string) =>
    picker.locator('label').filter({ has: page.getByRole('radio', { name, exact: true }) })
  const search = picker.getByRole('textbox', { name: 'Find a category' })
  const wanted = label(question.categories, category)
  if ((await search.count()) > 0) {
    await tabTo(page, search)
    await page.keyboard.insertText(wanted)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
  } else await page.keyboard.press((await option(wanted).locator('kbd').innerText()).toLowerCase())
  if (severity)
    await page.keyboard.press(await option(label(question.severities, severity)).locator('kbd').innerText())
  if (comment) {
    await tabTo(page, picker.getByRole('textbox', { name: /^Comment/ }))
    await page.keyboard.insertText(comment)
  }
  await page.keyboard.press('Enter')
  await picker.waitFor({ state: 'hidden' })
}

/** As many boxes as the answer has, each in the middle of the view, moved a little, with the same label. */
async function boxes(
  { page, element, question }: At,
  { boxes: wanted, none }: { boxes: { label: string }[]; none?: true },
): Promise<void> {
  if (question.type !== 'boxes') return
  if (none) return page.keyboard.press('n')
  for (const [index, { label }] of wanted.entries()) {
    await page.keyboard.press('b')
    await element.getByRole('spinbutton', { name: `Left of mark ${index + 1}`, exact: true }).waitFor()
    await page.keyboard.press(String(question.labels.findIndex(({ value }) => value === label) + 1))
    for (let step = 0; step <= index; step++) await page.keyboard.press('Shift+ArrowRight')
  }
}

type Checked = {
  claim: string
  verdict: string
  sources: { url: string; quote?: string }[]
  comment?: string
}

async function sources(
  { page, element, question }: At,
  { claims, none }: { claims: Checked[]; none?: true },
): Promise<void> {
  if (question.type !== 'sources') return
  const { keyboard } = page
  if (none) {
    await tabTo(page, element.getByRole('checkbox', { name: /no claim/ }), 120)
    return keyboard.press('Space')
  }
  for (const [index, { claim, verdict, sources: given }] of claims.entries()) {
    await leaveField(page)
    await keyboard.press('a')
    const card = element.locator(`[data-claim="${index}"]`)
    const text = card.getByRole('textbox', { name: 'What is claimed' })
    await focusOn(text)
    await keyboard.insertText(claim)
    const label = question.verdicts.find(({ value }) => value === verdict)?.label ?? ''
    const radios = card.getByRole('radio')
    await keyboard.press('Tab')
    const choice = card.getByRole('radio', { name: label, exact: true })
    for (let step = 0; step < (await radios.count()); step++) {
      await keyboard.press(step === 0 ? 'Space' : 'ArrowRight')
      if (await choice.isChecked()) break
    }
    for (const [place, { url, quote }] of given.entries()) {
      const address = card.getByRole('textbox', { name: `Address of source ${place + 1}` })
      if ((await address.count()) === 0) {
        await tabTo(page, card.getByRole('button', { name: 'Add a source' }), 120)
        await keyboard.press('Enter')
      }
      await tabTo(page, address, 120)
      await keyboard.insertText(url)
      if (!quote) continue
      await tabTo(page, card.getByRole('textbox', { name: `What source ${place + 1} says` }))
      await keyboard.insertText(quote)
    }
  }
}

/** What of two answers has to be the same: places of marks are given by hand and differ. */
export const isExact = (question: Question): boolean =>
  !['spans', 'boxes', 'sources'].includes(question.type) && eachOf(question) !== undefined
