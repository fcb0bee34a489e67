import type { Project } from '@groundwork/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useHasRole } from '../../../api/session.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Table, Time } from '../../../ui/bits.tsx'
import { whileLive } from '../queries.ts'
import { taskName } from '../task-name.ts'
import { DecideFlag } from '../tasks/DecideFlag.tsx'
import { judgmentFlagsQuery } from '../tasks/judgment-flags.ts'

/** Judgments about which somebody of the team has to decide. Nothing where there are none. */
export function QuestionedJudgments({ project }: { project: Project }) {
  const { t } = useTranslation(['judgments', 'projects'])
  const { data } = useQuery({ ...judgmentFlagsQuery(project.id, 'open'), ...whileLive(project) })
  const mayDecide = useHasRole('reviewer', project.organizationId)
  const flags = data?.items ?? []
  if (flags.length === 0) return null
  return (
    <section className="section" aria-labelledby="questioned">
      <div className="section-head">
        <h2 id="questioned">{t('list.title')}</h2>
        <p>{t('list.about')}</p>
      </div>
      <Table caption={t('projects:table', { title: t('list.title') })} className="flags-table">
        <thead>
          <tr>
            <th scope="col">{t('list.task')}</th>
            <th scope="col">{t('list.why')}</th>
            <th scope="col" className="lo">
              {t('list.from')}
            </th>
            <th scope="col" className="num lo">
              {t('list.when')}
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {flags.map((flag) => (
            <tr key={flag.id}>
              <td>
                <Link
                  to="/projects/$projectId/tasks"
                  params={{ projectId: project.id }}
                  search={{ task: flag.taskId }}
                >
                  {taskName({ id: flag.taskId, externalId: flag.taskExternalId })}
                </Link>
                <span className="sub">{flag.trainer.name}</span>
              </td>
              <td>
                {t(`kinds.${flag.kind}`)}
                <span className="sub" dir="auto">
                  {flag.note}
                </span>
                <span className="sub only-phone">{flag.flaggedBy.name}</span>
              </td>
              <td className="nowrap lo">{flag.flaggedBy.name}</td>
              <td className="num muted lo">
                <Time at={flag.createdAt} />
              </td>
              <td className="flag-state">
                {mayDecide && <DecideFlag flag={flag} author={flag.trainer} project={project} />}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  )
}
