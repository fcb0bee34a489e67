import type { Flag, Project } from '@groundwork/contract'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { client } from '../../../api/client.ts'
import { errorText } from '../../../api/error-text.ts'
import { useHasRole } from '../../../api/session.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { Table, Time } from '../../../ui/bits.tsx'
import { ConfirmDialog } from '../../../ui/Dialog.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { flagsQuery, refreshProject, whileLive } from '../queries.ts'
import { taskName } from '../task-name.ts'

const SHOWN = 12

/** What trainers flagged, open ones first, with the team's answer. */
export function Flags({ project }: { project: Project }) {
  const { t } = useTranslation('projects')
  const { data } = useQuery({ ...flagsQuery(project.id), ...whileLive(project) })
  const [removing, setRemoving] = useState<Flag | null>(null)
  const mayResolve = useHasRole('reviewer', project.organizationId)
  const resolve = useMutation({
    mutationFn: ({ flag, action }: { flag: Flag; action: 'resume' | 'remove' }) =>
      client.resolveFlag({ params: { id: flag.id }, body: { action } }),
    onSuccess: async (_, { action }) => {
      setRemoving(null)
      showToast({ text: t(`flags.${action}d`) })
      await refreshProject(project.id)
    },
    onError: (error) => showToast({ text: errorText(error), bad: true }),
  })
  const flags =
    data?.items.toSorted(
      (one, other) =>
        Number(one.state !== 'open') - Number(other.state !== 'open') ||
        other.createdAt.localeCompare(one.createdAt),
    ) ?? []
  if (flags.length === 0) return null
  return (
    <section className="section" aria-labelledby="flags">
      <div className="section-head">
        <h2 id="flags">{t('flags.title')}</h2>
        <p>{t('flags.about')}</p>
      </div>
      <Table caption={t('table', { title: t('flags.title') })} className="flags-table">
        <thead>
          <tr>
            <th scope="col">{t('flags.task')}</th>
            <th scope="col">{t('flags.says')}</th>
            <th scope="col" className="lo">
              {t('flags.from')}
            </th>
            <th scope="col">{t('flags.state')}</th>
            <th scope="col" className="num lo">
              {t('flags.when')}
            </th>
          </tr>
        </thead>
        <tbody>
          {flags.slice(0, SHOWN).map((flag) => (
            <tr key={flag.id}>
              <td>
                <Link
                  to="/projects/$projectId/tasks"
                  params={{ projectId: project.id }}
                  search={{ task: flag.taskId }}
                >
                  {taskName({ id: flag.taskId, externalId: flag.taskExternalId })}
                </Link>
              </td>
              <td>
                {t(`flags.reasons.${flag.reason}`)}
                {flag.comment && <span className="sub">{flag.comment}</span>}
                {flag.state === 'open' && (
                  <span className="sub">{t('flags.paused', { count: flag.liveAssignments })}</span>
                )}
                <span className="sub only-phone">{flag.trainer.name}</span>
              </td>
              <td className="nowrap lo">{flag.trainer.name}</td>
              <td className="flag-state">
                {flag.state === 'open' && mayResolve ? (
                  <span className="flag-acts">
                    <Button
                      size="s"
                      busy={resolve.isPending}
                      onClick={() => resolve.mutate({ flag, action: 'resume' })}
                    >
                      {t('flags.resume')}
                    </Button>
                    <Button size="s" onClick={() => setRemoving(flag)}>
                      {t('flags.remove')}
                    </Button>
                  </span>
                ) : (
                  <span className="muted">
                    {t(`flags.states.${flag.state}`)}
                    {flag.resolvedBy && t('flags.by', { name: flag.resolvedBy })}
                  </span>
                )}
              </td>
              <td className="num muted lo">
                <Time at={flag.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {removing && (
        <ConfirmDialog
          open
          onClose={() => setRemoving(null)}
          title={t('flags.removeTitle')}
          act={t('flags.remove')}
          busy={resolve.isPending}
          onConfirm={() => resolve.mutate({ flag: removing, action: 'remove' })}
        >
          <p>{t('flags.removeText')}</p>
        </ConfirmDialog>
      )}
    </section>
  )
}
