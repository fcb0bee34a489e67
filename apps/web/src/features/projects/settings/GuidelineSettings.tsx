import type { Project } from '@groundwork/contract'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../../api/client.ts'
import { errorText } from '../../../api/error-text.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { Table, Time } from '../../../ui/bits.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Markdown } from '../../../ui/markdown/Markdown.tsx'
import { Part } from '../../../ui/Part.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { GuidelineEditor } from '../GuidelineEditor.tsx'
import { guidelinesQuery, refreshProject } from '../queries.ts'
import { useKeptText } from '../use-kept-text.ts'

/** The guideline's versions; a change is a new version, and judgments keep the one they were made under. */
export function GuidelineSettings({ project, editable }: { project: Project; editable: boolean }) {
  const { t } = useTranslation('projects')
  const { data } = useQuery(guidelinesQuery(project.id))
  const [editing, setEditing] = useState(false)
  const [shown, setShown] = useState<number | null>(null)
  const versions = data?.items.toSorted((one, other) => other.version - one.version) ?? []
  const version = versions.find((each) => each.version === shown)
  return (
    <Part title={t('guideline.title')} about={t('guideline.about')}>
      <Table caption={t('guideline.versions')}>
        <thead>
          <tr>
            <th scope="col">{t('guideline.version')}</th>
            <th scope="col">{t('guideline.by')}</th>
            <th scope="col" className="num">
              {t('guideline.when')}
            </th>
          </tr>
        </thead>
        <tbody>
          {versions.map((each) => (
            <tr key={each.version}>
              <td>
                <Button className="link" onClick={() => setShown(each.version)}>
                  {t('guideline.number', { version: each.version })}
                </Button>
                {each.version === project.guideline.version && (
                  <span className="faint"> {t('guideline.current')}</span>
                )}
              </td>
              <td>{each.createdBy ?? '–'}</td>
              <td className="num muted">
                <Time at={each.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {editable && (
        <div>
          <Button onClick={() => setEditing(true)}>{t('guideline.new')}</Button>
        </div>
      )}
      {version && (
        <Dialog
          open
          shape="wide"
          onClose={() => setShown(null)}
          title={t('guideline.numberTitle', { version: version.version })}
        >
          <Markdown text={version.markdown} />
        </Dialog>
      )}
      {editing && <NewVersion project={project} onClose={() => setEditing(false)} />}
    </Part>
  )
}

function NewVersion({ project, onClose }: { project: Project; onClose: () => void }) {
  const { t } = useTranslation('projects')
  const saved = project.guideline.markdown
  const text = useKeptText(`groundwork.guideline.${project.id}`, saved)
  const save = useMutation({
    mutationFn: () => client.updateGuideline({ params: { id: project.id }, body: { markdown: text.value } }),
    onSuccess: async ({ version }) => {
      text.forget()
      await refreshProject(project.id)
      showToast({ text: t('guideline.saved', { version }) })
      onClose()
    },
  })
  const empty = text.value.trim() === ''
  return (
    <Dialog
      open
      shape="wide"
      onClose={onClose}
      title={t('guideline.newTitle', { version: project.guideline.version + 1 })}
      foot={
        <>
          <Button
            onClick={() => {
              text.forget()
              onClose()
            }}
          >
            {t('guideline.discard')}
          </Button>
          <Button
            look="primary"
            disabled={empty || text.value === saved}
            busy={save.isPending}
            onClick={() => save.mutate()}
          >
            {t('guideline.publish')}
          </Button>
        </>
      }
    >
      <p>{t('guideline.newHint')}</p>
      <GuidelineEditor
        value={text.value}
        onChange={text.change}
        error={empty ? t('guideline.empty') : undefined}
      />
      {save.error && (
        <p className="form-error" role="alert">
          {errorText(save.error)}
        </p>
      )}
    </Dialog>
  )
}
