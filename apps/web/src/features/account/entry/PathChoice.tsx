import { useTranslation } from '../../../i18n/react.ts'

/** What a person comes for first. One account can do both; the choice only says which page comes next. */
export type Path = 'trainer' | 'team'
const paths: Path[] = ['trainer', 'team']

export function PathChoice({ value, onChange }: { value: Path; onChange: (path: Path) => void }) {
  const { t } = useTranslation('account')
  return (
    <fieldset className="field">
      <legend className="sr">{t('signUp.path')}</legend>
      <div className="seg path-choice">
        {paths.map((path) => (
          <label key={path}>
            <input type="radio" name="path" checked={value === path} onChange={() => onChange(path)} />
            <span>{t(`signUp.${path}`)}</span>
          </label>
        ))}
      </div>
      <p className="hint" aria-live="polite">
        {t(`signUp.${value}Hint`)}
      </p>
    </fieldset>
  )
}
