import type { ImportFormat } from '@groundwork/contract'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/Button.tsx'
import { SelectField } from '../../../ui/Field.tsx'
import { formatBytes, formatNumber } from '../../../ui/format.ts'
import type { ImportState } from './use-import.ts'

const formats: ImportFormat[] = ['auto', 'trl-preference', 'hh-rlhf', 'pairs', 'raw']

/** Which file, how it was recognised, and another way to read it. */
export function FileHead({ state }: { state: ImportState }) {
  const { t } = useTranslation('projects')
  const { file, preview, format } = state
  if (!file) return null
  const found = preview.data
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
              {found.format ? t(`import.formats.${formatKey(found.format)}`) : t('import.unknown')}.{' '}
              <Evidence text={found.evidence} />
            </>
          )}
        </p>
      </div>
      <SelectField
        label={t('import.readAs')}
        value={format}
        onChange={(event) => {
          const next = formats.find((each) => each === event.target.value)
          if (next) state.readAs(next)
        }}
      >
        {formats.map((each) => (
          <option key={each} value={each}>
            {t(`import.formats.${formatKey(each)}`)}
          </option>
        ))}
      </SelectField>
    </div>
  )
}

function formatKey(format: string): 'auto' | 'trl' | 'hh' | 'pairs' | 'raw' {
  if (format === 'trl-preference') return 'trl'
  if (format === 'hh-rlhf') return 'hh'
  return format === 'pairs' || format === 'raw' ? format : 'auto'
}

/** The server writes names of fields in backticks. */
function Evidence({ text }: { text: string }) {
  // Every second piece stood between two backticks.
  const pieces = text
    .split('`')
    .map((piece, index) => ({ piece, key: `${index} ${piece}`, code: index % 2 === 1 }))
  return pieces.map(({ piece, key, code }) => (code ? <code key={key}>{piece}</code> : piece))
}
