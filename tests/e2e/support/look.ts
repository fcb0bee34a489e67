import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
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

/** Once on each size and in each theme: where a page is like others that were looked at in all four ways. */
export const TWO_LOOKS: readonly Look[] = ['1440-light', '390-dark']

/**
 * Looks at the page as it stands, wide and on a phone, in light and dark: axe finds nothing, and nothing is wider than the window.
 * GROUNDWORK_SCREENSHOTS=1 also takes the pictures of it for docs/screenshots.
 */
export async function lookAt(
  page: Page,
  name: string,
  pictures: readonly Look[] = ['1440-light'],
  ways: readonly Look[] = looks.map((look) => look.name),
) {
  for (const look of looks.filter((each) => ways.includes(each.name))) {
    await page.setViewportSize(look.size)
    await page.emulateMedia({ colorScheme: look.theme, reducedMotion: 'reduce' })
    await settled(page, look.theme)
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
