import type { ReactNode } from 'react'
import { errorText } from '../../../api/error-text.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { Pending } from '../../../ui/bits.tsx'
import { FileDrop } from './FileDrop.tsx'
import { FileHead } from './FileHead.tsx'
import { ImportResult } from './ImportResult.tsx'
import { MapFields } from './MapFields.tsx'
import { MisfitRows } from './MisfitRows.tsx'
import { PreviewedTasks } from './PreviewedTasks.tsx'
import { RejectedRows } from './RejectedRows.tsx'
import { EndedEarly } from './send-file.ts'
import { SourceError } from './source-error.ts'
import { UploadProgress } from './UploadProgress.tsx'
import { fitsNowhere, type ImportState, isReady, needsMap, useImport } from './use-import.ts'
import './import.css'

const saidOf = (error: unknown) =>
  error instanceof SourceError || error instanceof EndedEarly ? error.message : errorText(error)

/** From a file to tasks: choose, see how it is read, mend the reading, send. */
export function ImportTasks({
  projectId,
  intro,
  foot = (act) => act && <div className="import-foot">{act}</div>,
}: {
  projectId: string
  /** Shown as long as no file is chosen. */
  intro?: ReactNode
  /** Where the act of sending stands; null while there is nothing to send. */
  foot?: (act: ReactNode) => ReactNode
}) {
  const state = useImport(projectId)
  const { file, preview, upload, send } = state
  if (upload) return <UploadProgress upload={upload} onCancel={state.cancel} />
  const chosen = file && !send.data
  return (
    <div className="import">
      {send.data ? (
        <ImportResult result={send.data} onMore={state.forget} />
      ) : file ? (
        <Reading state={state} />
      ) : (
        <>
          {intro}
          <FileDrop onFiles={state.choose} />
        </>
      )}
      {foot(chosen && preview.data ? <SendButton state={state} /> : null)}
    </div>
  )
}

/** How the file is read. */
function Reading({ state }: { state: ImportState }) {
  const { t } = useTranslation('projects')
  const { preview, send } = state
  const found = preview.data
  return (
    <>
      <FileHead state={state} />
      {preview.isPending && !found && <Pending />}
      {preview.error && (
        <p className="form-error" role="alert">
          {saidOf(preview.error)}
        </p>
      )}
      {found && (
        <>
          {needsMap(state) && found.fields.length > 0 && <MapFields state={state} found={found} />}
          <RejectedRows rows={found.rejected} count={found.rejected.length} inSample />
          {found.fit && <MisfitRows {...found.fit} />}
          {found.tasks.length > 0 && <PreviewedTasks tasks={found.tasks} source={state.file} />}
        </>
      )}
      {send.error && (
        <p className="form-error" role="alert">
          {state.stopped ? t('import.stopped') : saidOf(send.error)} {state.brokeOff && t('import.again')}
        </p>
      )}
    </>
  )
}

function SendButton({ state }: { state: ImportState }) {
  const { t } = useTranslation('projects')
  const ready = isReady(state)
  const hasFields = (state.preview.data?.fields.length ?? 0) > 0
  return (
    <>
      {!ready && (
        <span className="hint">
          {t(
            needsMap(state) && hasFields
              ? 'import.needsMap'
              : fitsNowhere(state)
                ? 'import.fitsNowhere'
                : 'import.nothing',
          )}
        </span>
      )}
      <Button look={ready ? 'primary' : 'waiting'} disabled={!ready} onClick={state.sendFile}>
        {t('import.send', { name: state.file?.name ?? '' })}
      </Button>
    </>
  )
}
