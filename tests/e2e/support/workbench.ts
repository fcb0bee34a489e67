import type { Locator, Page } from 'playwright-core'

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
      await page
        .locator(':is(.rail, .wide-questions) :is(input, textarea, [role="listbox"])')
        .first()
        .waitFor()
      const [, letter, number] = /Own letter ([ab]) of question (\d+)/.exec(text) ?? []
      if (!number || (letter !== 'a' && letter !== 'b')) throw new Error(`This is no plain pair: ${text}`)
      return { id: `t${number}`, first: letter } as const
    },
  }
}

/** Presses Tab until the element has the focus. */
export async function tabTo(page: Page, target: Locator, presses = 60): Promise<void> {
  await target.waitFor()
  for (let count = 0; count < presses; count++) {
    if (await target.evaluate((element) => element.matches(':focus'))) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never came to ${target}`)
}
