import { useId } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { Markdown } from '../../ui/markdown/Markdown.tsx'

/** Markdown on one side, as trainers will read it on the other. */
export function GuidelineEditor({
  value,
  onChange,
  error,
}: {
  value: string
  onChange: (value: string) => void
  error?: string | undefined
}) {
  const { t } = useTranslation('projects')
  const id = useId()
  return (
    <div className="guideline-editor">
      <div className="field">
        <div className="top">
          <label htmlFor={id}>{t('guideline.text')}</label>
          <span className="opt">{t('guideline.markdown')}</span>
        </div>
        <textarea
          id={id}
          value={value}
          spellCheck
          dir="auto"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          onChange={(event) => onChange(event.target.value)}
        />
        {error && (
          <p className="error" id={`${id}-error`} role="alert">
            {error}
          </p>
        )}
      </div>
      <section aria-label={t('guideline.preview')}>
        <p className="label">{t('guideline.preview')}</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
        <div className="guideline-preview" tabIndex={0}>
          <Markdown text={value} />
        </div>
      </section>
    </div>
  )
}
