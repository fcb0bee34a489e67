import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { SelectField } from '../../../ui/Field.tsx'
import { formatBytes, formatNumber } from '../../../ui/format.ts'
import { importFormats, knownFormat } from './import-formats.ts'
import type { Annotations, ImportState } from './use-import.ts'

/** Which file, how it was recognised, and another way to read it. */
export function FileHead({ state }: { state: ImportState }) {
  const { t } = useTranslation('projects')
  const { file, preview, format } = state
  if (!file) return null
  const found = preview.data
  const name = found?.format && knownFormat(found.format)
  return (
    <div className="import-head">
      <div>
        <p>
          <span className="strong">{file.name}</span>{' '}
          <span className="faint num">{formatBytes(file.size)}</span>{' '}
          {file.beside > 0 && (
            <span className="faint num">
              {t('import.beside', { count: file.beside, number: formatNumber(file.beside) })}
            </span>
          )}{' '}
          <Button className="link" onClick={state.forget}>
            {t('import.other')}
          </Button>
        </p>
        <p className="muted" role="status">
          {found && (
            <>
              {name ? t(`import.formats.${name}`) : t('import.unknown')}. <Evidence text={found.evidence} />
            </>
          )}
        </p>
      </div>
      <SelectField
        label={t('import.readAs')}
        value={format}
        onChange={(event) => {
          const next = knownFormat(event.target.value)
          if (next) state.readAs(next)
        }}
      >
        {importFormats.map((each) => (
          <option key={each} value={each}>
            {t(`import.formats.${each}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('import.annotations')}
        value={state.annotations}
        onChange={(event) => state.keepAnnotations(event.target.value as Annotations)}
      >
        {(['gold', 'reference', 'ignore'] as const).map((each) => (
          <option key={each} value={each}>
            {t(`import.annotationsAs.${each}`)}
          </option>
        ))}
      </SelectField>
    </div>
  )
}

/** The server writes names of fields in backticks. */
function Evidence({ text }: { text: string }) {
  // Every second piece stood between two backticks.
  const pieces = text
    .split('`')
    .map((piece, index) => ({ piece, key: `${index} ${piece}`, code: index % 2 === 1 }))
  return pieces.map(({ piece, key, code }) => (code ? <code key={key}>{piece}</code> : piece))
}
