import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { pictureProblem } from './picture-files.ts'
import { toSmallPng } from './small-png.ts'

const FOLDER = fileURLToPath(new URL('../../../docs/screenshots/', import.meta.url))
/** Pictures go into the repository, and stay small. */
const MAX_BYTES = 200 * 1024

const WIDE = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }
const looks = [
  { name: '1440-light', size: WIDE, theme: 'light' },
  { name: '1440-dark', size: WIDE, theme: 'dark' },
  { name: '390-dark', size: PHONE, theme: 'dark' },
  { name: '390-light', size: PHONE, theme: 'light' },
] as const
export type Look = (typeof looks)[number]['name']

export const FOUR_LOOKS: readonly Look[] = looks.map((look) => look.name)
/** Once on each size and in each theme: where a page is like others that were looked at in all four ways. */
export const TWO_LOOKS: readonly Look[] = ['1440-light', '390-dark']

/** Screens besides those of the templates that look the same on any day: no dates, no names by chance, nothing that the demo made up. */
const STEADY: ReadonlySet<string> = new Set([
  'forgotten',
  'invitation',
  'new-organization',
  'new-password',
  'new-project',
  'nothing-here',
  'profile',
  'settings',
])

/**
 * Looks at the page as it stands, wide and on a phone, in light and dark: it looks as in its pictures (`tests/e2e/pictures`), axe finds
 * nothing, and nothing is wider than the window. GROUNDWORK_SCREENSHOTS=1 also takes the pictures of it for docs/screenshots.
 * @param compared in which looks there is a picture to compare with
 */
export async function lookAt(
  page: Page,
  name: string,
  pictures: readonly Look[] = ['1440-light'],
  ways: readonly Look[] = FOUR_LOOKS,
  compared: readonly Look[] = STEADY.has(name) ? TWO_LOOKS : [],
) {
  for (const look of looks) {
    const examined = ways.includes(look.name)
    if (!examined && !compared.includes(look.name)) continue
    await page.setViewportSize(look.size)
    await page.emulateMedia({ colorScheme: look.theme, reducedMotion: 'reduce' })
    await settled(page, look.theme)
    // Soft: what is wrong in one look is known better when the others have been seen as well.
    if (compared.includes(look.name)) {
      const problem = await pictureProblem(page, `${name}-${look.name}`)
      expect.soft(problem, problem).toBeUndefined()
    }
    if (!examined) continue
    // A theme changes colours only.
    expect(
      await findings(page, look.theme === 'dark' ? ['color-contrast'] : []),
      `${name}, ${look.name}`,
    ).toEqual([])
    expect(
      await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
      `${name}, ${look.name}: wider than the window`,
    ).toBe(0)
    if (process.env.GROUNDWORK_SCREENSHOTS === '1' && pictures.includes(look.name))
      await takePicture(page, `${name}-${look.name}.png`)
  }
}

async function takePicture(page: Page, file: string): Promise<void> {
  const picture = toSmallPng(await page.screenshot({ caret: 'hide' }))
  await mkdir(FOLDER, { recursive: true })
  await writeFile(FOLDER + file, picture)
  expect(picture.length, `${file} is too large`).toBeLessThan(MAX_BYTES)
}

/** What axe finds, a line for each element. */
async function findings(page: Page, onlyRules: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode()
  const { violations } = await (onlyRules.length > 0 ? axe.withRules(onlyRules) : axe).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`),
  )
}

/** Fonts are there, the theme holds everywhere, nothing moves, and the page has been drawn anew. */
async function settled(page: Page, theme: 'light' | 'dark'): Promise<void> {
  // Not `waitForFunction`: it asks again with `eval`, which the policy of the page forbids.
  await expect
    .poll(
      () =>
        page.evaluate(
          `matchMedia('(prefers-color-scheme: ${theme})').matches && document.getAnimations().every((each) => each.playState !== 'running' || each.effect?.getTiming().iterations === Infinity)`,
        ),
      { timeout: 20_000 },
    )
    .toBe(true)
  await page.evaluate(
    'document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))))',
  )
}
