import { useTranslation } from '../../i18n/react.ts'
import { Part } from '../../ui/Part.tsx'
import { useStoredValue } from '../../ui/stored-value.ts'
import { type Theme, themeStore } from '../../ui/theme.ts'

const themes: Theme[] = ['system', 'light', 'dark']

export function ThemePart() {
  const { t } = useTranslation('account')
  const chosen = useStoredValue(themeStore)
  return (
    <Part title={t('look.title')} about={t('look.about')}>
      <fieldset>
        <legend className="sr">{t('look.title')}</legend>
        <div className="seg account-field">
          {themes.map((theme) => (
            <label key={theme}>
              <input
                type="radio"
                name="theme"
                checked={chosen === theme}
                onChange={() => themeStore.set(theme)}
              />
              <span>{t(`look.${theme}`)}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </Part>
  )
}
