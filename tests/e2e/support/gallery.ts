import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import sharp from 'sharp'

const FOLDER = fileURLToPath(new URL('../../../apps/web/src/ui/template-pictures/', import.meta.url))

/** The pictures of the gallery of templates, in light and dark; taken anew with GROUNDWORK_SCREENSHOTS=1 only. */
export async function takeForGallery(page: Page, template: string): Promise<void> {
  if (process.env.GROUNDWORK_SCREENSHOTS !== '1') return
  await mkdir(FOLDER, { recursive: true })
  await page.setViewportSize({ width: 1280, height: 704 })
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    const picture = await page.screenshot({ caret: 'hide' })
    await writeFile(
      `${FOLDER}${template}-${theme}.webp`,
      await sharp(picture).resize(640, 352).webp({ quality: 78 }).toBuffer(),
    )
  }
}
