import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { errorText } from '../../api/error-text.ts'
import { queryClient } from '../../api/query-client.ts'
import { Button } from '../../ui/Button.tsx'
import { type ExportDraft, faultsOf, firstDraft, requestOf } from './export-draft.ts'
import { exportsQuery } from './exports-queries.ts'
import { PreferenceOptions } from './PreferenceOptions.tsx'
import { RawOptions } from './RawOptions.tsx'

const formats = ['trl-preference', 'raw'] as const

/** Which file, and what goes into it. */
export function ExportForm({ projectId }: { projectId: string }) {
  const { t } = useTranslation('exports')
  const [draft, setDraft] = useState(firstDraft)
  const change = (next: Partial<ExportDraft>) => setDraft((now) => ({ ...now, ...next }))
  const faults = faultsOf(draft)
  const create = useMutation({
    mutationFn: () => client.createExport({ params: { id: projectId }, body: requestOf(draft) }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: exportsQuery(projectId).queryKey }),
  })
  return (
    <form
      className="export-form form"
      aria-labelledby="export-new"
      onSubmit={(event) => {
        event.preventDefault()
        if (faults.size === 0 && !create.isPending) create.mutate()
      }}
    >
      <h2 id="export-new">{t('new')}</h2>
      <fieldset className="export-formats">
        <legend className="sr">{t('format')}</legend>
        {formats.map((format) => (
          <label key={format} className="check">
            <input
              type="radio"
              name="export-format"
              checked={draft.format === format}
              onChange={() => change({ format })}
            />
            <span>
              <span className="strong">{t(`formats.${format}`)}</span>
              <span className="hint">{t(`explained.${format}`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {draft.format === 'trl-preference' ? (
        <PreferenceOptions draft={draft} faults={faults} onChange={change} />
      ) : (
        <RawOptions draft={draft} onChange={change} />
      )}
      <label className="check">
        <input
          type="checkbox"
          checked={draft.includeUnfinished}
          onChange={(event) => change({ includeUnfinished: event.target.checked })}
        />
        <span>{t('unfinished')}</span>
      </label>
      {create.error && (
        <p className="form-error" role="alert">
          {errorText(create.error)}
        </p>
      )}
      <div>
        <Button
          type="submit"
          look={faults.size === 0 ? 'primary' : 'waiting'}
          disabled={faults.size > 0}
          busy={create.isPending}
        >
          {t('create')}
        </Button>
      </div>
    </form>
  )
}
