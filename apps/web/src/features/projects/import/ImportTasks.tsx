import type { Imported, ImportFormat } from '@groundwork/contract'
import { useTranslation } from 'react-i18next'
import { errorText } from '../../../api/error-text.ts'
import { Button } from '../../../ui/Button.tsx'
import { Pending } from '../../../ui/bits.tsx'
import { SelectField } from '../../../ui/Field.tsx'
import { formatBytes } from '../../../ui/format.ts'
import { FileDrop } from './FileDrop.tsx'
import { isComplete } from './field-map.ts'
import { ImportResult } from './ImportResult.tsx'
import { MapFields } from './MapFields.tsx'
import { PreviewedTasks } from './PreviewedTasks.tsx'
import { RejectedRows } from './RejectedRows.tsx'
import { UploadProgress } from './UploadProgress.tsx'
import { type ImportState, useImport } from './use-import.ts'
import './import.css'

const formats: ImportFormat[] = ['auto', 'trl-preference', 'hh-rlhf', 'pairs', 'raw']

/** From a file to tasks: choose, see how it is read, mend the reading, send. */
export function ImportTasks({
  projectId,
  onImported,
}: {
  projectId: string
  onImported?: (result: Imported) => void
}) {
  const { t } = useTranslation('projects')
  const state = useImport(projectId)
  const { file, preview, upload, send } = state
  if (upload) return <UploadProgress upload={upload} onCancel={state.cancel} />
  if (send.data) return <ImportResult result={send.data} onMore={state.forget} />
  if (!file) return <FileDrop onFile={state.choose} />
  const found = preview.data
  const mapped = found && (found.format === 'pairs' || found.format === null)
  const ready = found && found.tasks.length > 0 && !preview.isPending && (!mapped || isComplete(state.map))
  return (
    <div className="import">
      <FileHead state={state} />
      {preview.isPending && !found && <Pending />}
      {preview.error && (
        <p className="form-error" role="alert">
          {errorText(preview.error)}
        </p>
      )}
      {found && (
        <>
          {mapped && found.fields.length > 0 && <MapFields state={state} found={found} />}
          <RejectedRows rows={found.rejected} count={found.rejected.length} inSample />
          {found.tasks.length > 0 && <PreviewedTasks tasks={found.tasks} />}
          <div className="import-foot">
            {send.error && (
              <p className="form-error" role="alert">
                {errorText(send.error)} {state.brokeOff && t('import.again')}
              </p>
            )}
            <Button
              look={ready ? 'primary' : 'waiting'}
              disabled={!ready}
              onClick={() =>
                send.mutate(
                  { file, format: state.format, map: mapped ? state.map : {} },
                  { onSuccess: (result) => onImported?.(result) },
                )
              }
            >
              {t('import.send', { name: file.name })}
            </Button>
            {!ready && <span className="hint">{t(mapped ? 'import.needsMap' : 'import.nothing')}</span>}
          </div>
        </>
      )}
    </div>
  )
}

/** Which file, how it was recognised, and another way to read it. */
function FileHead({ state }: { state: ImportState }) {
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
