import { Moon, Sun, SunMoon } from 'lucide-react'
import { useTranslation } from '../i18n/react.ts'
import { Button } from './Button.tsx'
import { useStoredValue } from './stored-value.ts'
import { nextTheme, themeStore } from './theme.ts'

const icons = { system: SunMoon, light: Sun, dark: Moon }

export function ThemeToggle() {
  const { t } = useTranslation()
  const theme = useStoredValue(themeStore)
  const Icon = icons[theme]
  return (
    <Button
      look="quiet"
      iconOnly
      aria-label={t(`theme.${theme}`)}
      title={t(`theme.${theme}`)}
      onClick={nextTheme}
    >
      <Icon className="icon" />
    </Button>
  )
}
