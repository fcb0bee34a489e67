import { type CSSProperties, useEffect } from 'react'
import { createPersonalValue } from '../../../ui/personal.ts'
import { useStore } from '../../../ui/store.ts'

export const readingFonts = ['serif', 'sans', 'hyperlegible', 'dyslexic'] as const
export const lineWidths = ['narrow', 'normal', 'wide', 'full'] as const
/** Sizes of the reading text in percent. */
export const textSizes = [85, 100, 115, 130, 150, 175, 200] as const

export type Reading = {
  /** In percent. */
  size: number
  width: (typeof lineWidths)[number]
  font: (typeof readingFonts)[number]
}

/** How the person likes to read the texts of tasks. */
export const reading = createPersonalValue<Reading>('reading', { size: 100, width: 'normal', font: 'serif' })

/** The next larger (1) or smaller (-1) size; the same at the end. */
export function nextSize(size: number, step: 1 | -1): number {
  const further = textSizes.filter((each) => (each - size) * step > 0)
  return (step === 1 ? further[0] : further.at(-1)) ?? size
}

export const zoom = (step: 1 | -1): void => {
  const now = reading.get()
  reading.set({ ...now, size: nextSize(now.size, step) })
}

const families: Record<Reading['font'], string | undefined> = {
  serif: undefined,
  sans: 'var(--font-ui)',
  hyperlegible: '"Atkinson Hyperlegible Next Variable", var(--font-ui)',
  dyslexic: '"OpenDyslexic", var(--font-ui)',
}
const measures: Record<Reading['width'], string | undefined> = {
  narrow: '52ch',
  normal: undefined,
  wide: '88ch',
  full: 'none',
}

/** The reading settings as custom properties; the font is fetched when it is chosen. */
export function useReading(): CSSProperties {
  const { size, width, font } = useStore(reading)
  useEffect(() => {
    // A font that cannot be fetched leaves the text in the one that there is.
    if (font === 'hyperlegible' || font === 'dyslexic')
      void import('./fonts.ts').then(({ loadFont }) => loadFont(font)).catch(() => undefined)
  }, [font])
  return {
    ...(size !== 100 && { '--reading-zoom': size / 100 }),
    ...(families[font] && { '--font-reading': families[font] }),
    ...(measures[width] && { '--measure': measures[width], '--turn-measure': measures[width] }),
  } as CSSProperties
}
