import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** The workbench as a person reads it. */
export function workbenchOf(page: Page) {
  const response = (name: 'A' | 'B') => page.getByRole('region', { name: `Response ${name}, text` })
  return {
    response,
    reason: page.getByRole('textbox', { name: /^Why\?/ }),
    submit: page.getByRole('button', { name: 'Submit' }),
    toasts: page.locator('.toasts'),
    choice: (place: number) => page.getByRole('radio', { name: new RegExp(`^${place}, `) }),
    /** Waits for a task and says which one it is, and which of its own letters stands first. */
    shown: async (not?: string) => {
      const first = response('A').filter({ hasText: /Own letter [ab] of question/ })
      const other = not ? first.filter({ hasNotText: `question ${not.slice(1)}:` }) : first
      const text = await other.innerText()
      // Questions are loaded by their type, a moment after the text; their keys come with them.
      const questions = page.locator(':is(.rail, .wide-questions)')
      await questions.locator(':is(input, textarea, [role="listbox"])').first().waitFor()
      await expect.poll(() => questions.locator('[aria-busy]').count()).toBe(0)
      const [, letter, number] = /Own letter ([ab]) of question (\d+)/.exec(text) ?? []
      if (!number || (letter !== 'a' && letter !== 'b')) throw new Error(`This is no plain pair: ${text}`)
      return { id: `t${number}`, first: letter } as const
    },
  }
}

/** Waits until the element has the focus. */
export const focusOn = (target: Locator): Promise<void> =>
  expect.poll(() => target.evaluate((element) => element.matches(':focus'))).toBe(true)

/**
 * Waits until a dialog or popover has the keyboard: it hears keys and takes the focus a moment after it can be seen, later still where it
 * is loaded only now.
 */
export const keyboardIn = (box: Locator): Promise<void> =>
  expect.poll(() => box.evaluate((element) => element.matches(':focus-within'))).toBe(true)

/** Leaves a dialog or popover by Escape. */
export async function escapeFrom(page: Page, box: Locator): Promise<void> {
  await keyboardIn(box)
  await page.keyboard.press('Escape')
  await box.waitFor({ state: 'detached' })
}

/** Waits until fonts have come, and nothing moves any more: for what is done at a place of the screen. */
export async function still(
  target: Locator,
): Promise<{ x: number; y: number; width: number; height: number }> {
  await target.page().evaluate('document.fonts.ready.then(() => undefined)')
  // It waits until the element stays where it is.
  await target.scrollIntoViewIfNeeded()
  const box = await target.boundingBox()
  if (!box) throw new Error(`${target} is not on the screen.`)
  return box
}

/** Presses Tab until the element has the focus. */
export async function tabTo(page: Page, target: Locator, presses = 60): Promise<void> {
  await target.waitFor()
  // What opens over the page takes the focus wherever Tab has come by then.
  const box = target.locator('xpath=ancestor::*[@role="dialog" or @role="alertdialog"]')
  if ((await box.count()) > 0) await keyboardIn(box.last())
  for (let count = 0; count < presses; count++) {
    if (await target.evaluate((element) => element.matches(':focus'))) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never came to ${target}`)
}
