import type { ExportTarget, RememberedOptions } from '@groundwork/contract'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useState } from 'react'
import { client } from '../../api/client.ts'
import { errorText } from '../../api/error-text.ts'
import { queryClient } from '../../api/query-client.ts'
import { useOrganization } from '../../api/session.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { Pending } from '../../ui/bits.tsx'
import { DestinationField } from './DestinationField.tsx'
import { ExportPreview } from './ExportPreview.tsx'
import { type ExportDraft, faultsOf, firstDraft, requestOf, withTarget } from './export-draft.ts'
import { exportsQuery, previewQuery, targetsQuery } from './exports-queries.ts'
import { FileOptions } from './FileOptions.tsx'
import { FilterOptions } from './FilterOptions.tsx'
import { RuleOptions } from './RuleOptions.tsx'
import { TargetCards } from './TargetCards.tsx'
import { firstTarget, type Target, targetOf } from './targets.ts'

/** From what is to be trained to a file: the target, the rules, what they give, and where it goes. */
export function ExportForm({ projectId, onMade }: { projectId: string; onMade: () => void }) {
  const { data, error } = useQuery(targetsQuery(projectId))
  if (error)
    return (
      <p className="form-error" role="alert">
        {errorText(error)}
      </p>
    )
  return data ? (
    <Wizard projectId={projectId} known={data.items} remembered={data.remembered} onMade={onMade} />
  ) : (
    <Pending />
  )
}

function Wizard({
  projectId,
  known,
  remembered: { license, aiPolicy },
  onMade,
}: {
  projectId: string
  known: ExportTarget[]
  /** From the exports before. */
  remembered: RememberedOptions
  onMade: () => void
}) {
  const { t } = useTranslation('exports')
  const { current } = useOrganization()
  const [draft, setDraft] = useState(() =>
    withTarget({ ...firstDraft, license: license ?? '', aiPolicy }, firstTarget(known), known),
  )
  const change = (next: Partial<ExportDraft>) => setDraft((now) => ({ ...now, ...next }))
  const faults = faultsOf(draft)
  const info = known.find(({ format }) => format === draft.format)
  const settled = useSettled(draft)
  const preview = useQuery({ ...previewQuery(projectId, settled), enabled: faults.size === 0 })
  const create = useMutation({
    mutationFn: () => client.createExport({ params: { id: projectId }, body: requestOf(draft) }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: exportsQuery(projectId).queryKey })
      onMade()
    },
  })
  const options = { draft, info, faults, onChange: change }
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
      <TargetCards
        known={known}
        chosen={targetOf(draft.target) as Target}
        onChoose={(target) => setDraft((now) => withTarget(now, target, known))}
      />
      <div className="export-columns">
        <div className="export-options">
          {draft.format !== 'raw' && (
            <>
              <fieldset className="export-part">
                <legend>{t('parts.rule')}</legend>
                <RuleOptions {...options} />
              </fieldset>
              <details className="export-part">
                <summary>{t('parts.filters')}</summary>
                <FilterOptions {...options} />
              </details>
            </>
          )}
          <details className="export-part" open={draft.format === 'raw'}>
            <summary>{t('parts.files')}</summary>
            <FileOptions {...options} media={preview.data?.media ?? null} />
          </details>
          {current && (
            <DestinationField
              organizationId={current.organization.id}
              value={draft.destinationId}
              onChange={(destinationId) => change({ destinationId })}
            />
          )}
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
        </div>
        <ExportPreview preview={preview} />
      </div>
    </form>
  )
}

const PAUSE_MS = 350

/** The draft once nobody has changed it for a moment. */
function useSettled(draft: ExportDraft): ExportDraft {
  const [settled, setSettled] = useState(draft)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(draft), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [draft])
  return useDeferredValue(settled)
}
