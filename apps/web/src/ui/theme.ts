import { createStoredValue } from './stored-value.ts'

export type Theme = 'system' | 'light' | 'dark'

/** The chosen theme. `public/theme.js` reads the same key before the first paint. */
export const themeStore = createStoredValue<Theme>('groundwork.theme', 'system')

themeStore.subscribe(() => {
  const theme = themeStore.get()
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
})

const order: Theme[] = ['system', 'light', 'dark']
export function nextTheme(): void {
  themeStore.set(order[(order.indexOf(themeStore.get()) + 1) % order.length] ?? 'system')
}
