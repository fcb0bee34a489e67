import type { NoWorkReason, WorkProject } from '@groundwork/contract'
import { Link } from '@tanstack/react-router'
import { Ban, CircleCheck, Hourglass, Lock, type LucideIcon, Pause } from 'lucide-react'
import { useTranslation } from '../../i18n/react.ts'
import { formatMoney, formatNumber } from '../../ui/format.ts'
import { AsksFor } from './AsksFor.tsx'

/** Projects as rows: what they pay for a real hour beside what they pay for a task; below, where there is no work and why. */
export function AvailableTable({ open, closed }: { open: WorkProject[]; closed: WorkProject[] }) {
  const { t } = useTranslation(['home', 'common'])
  return (
    <table className="table avail">
      <thead>
        <tr>
          <th scope="col">{t('columns.project')}</th>
          <th scope="col" className="lo">
            {t('columns.asks')}
          </th>
          <th scope="col" className="num">
            {t('columns.perTask')}
          </th>
          <th scope="col" className="num">
            {t('columns.perHour')}
          </th>
          <th scope="col" className="num">
            {t('columns.open')}
          </th>
          <th scope="col" className="num">
            {t('columns.done')}
          </th>
          <th scope="col">
            <span className="sr">{t('columns.act')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {open.map((project, index) => (
          <OpenRow key={project.id} project={project} main={index === 0} />
        ))}
      </tbody>
      {closed.length > 0 && (
        <tbody>
          <tr className="group">
            <td colSpan={7}>{t('none.group')}</td>
          </tr>
          {closed.map((project) => (
            <ClosedRow key={project.id} project={project} />
          ))}
        </tbody>
      )}
    </table>
  )
}

function Name({ project, linked }: { project: WorkProject; linked: boolean }) {
  const { kind } = project
  return (
    <>
      {linked ? (
        <Link
          className="name"
          to="/judge/$projectId"
          params={{ projectId: project.id }}
          title={project.description}
        >
          {project.name}
        </Link>
      ) : (
        <span className="strong" title={project.description}>
          {project.name}
        </span>
      )}
      <span className="sub">
        {project.organization} · {kind}
      </span>
    </>
  )
}

function OpenRow({ project, main }: { project: WorkProject; main: boolean }) {
  const { t } = useTranslation(['home', 'common'])
  const { perJudgment, hourly } = project.pay
  return (
    <tr>
      <td>
        <Name project={project} linked />
        <span className="sub m">
          {t('row.mobile', { money: formatMoney(perJudgment), open: formatNumber(project.openToYou) })}
        </span>
      </td>
      <td className="asks lo">
        <AsksFor audience={project.asksFor} />
      </td>
      <td className="num pay">{formatMoney(perJudgment)}</td>
      <td className="num real">
        {project.trueWage ? (
          <span className="strong">
            {formatMoney(project.trueWage)}
            <span className="mi">{t('row.anHour')}</span>
          </span>
        ) : (
          <span className="muted">{t('row.tooFew')}</span>
        )}
        <span className="sub">{t('row.promised', { money: formatMoney(hourly) })}</span>
      </td>
      <td className="num open">{formatNumber(project.openToYou)}</td>
      <td className="num done">{formatNumber(project.doneByYou)}</td>
      <td className="act">
        <Link
          className={`btn s ${main ? 'primary' : ''} ${project.inProgress ? 'resumes' : ''}`}
          to="/judge/$projectId"
          params={{ projectId: project.id }}
          aria-label={`${t(project.inProgress ? 'row.resume' : 'row.start')}: ${project.name}`}
        >
          {t(project.inProgress ? 'row.resume' : 'row.start')}
        </Link>
      </td>
    </tr>
  )
}

const reasonIcons: Record<NoWorkReason, LucideIcon> = {
  no_open_slots: Hourglass,
  not_qualified: Lock,
  project_paused: Pause,
  out_of_funds: Ban,
  skipped_by_you: Hourglass,
  all_done_by_you: CircleCheck,
  daily_cap: Hourglass,
  in_review: Hourglass,
}

function ClosedRow({ project }: { project: WorkProject }) {
  const { t } = useTranslation(['home', 'common'])
  const reason = project.reason ?? 'no_open_slots'
  const Icon = reasonIcons[reason]
  return (
    <tr className="none">
      <td>
        <Name project={project} linked={reason === 'skipped_by_you'} />
      </td>
      <td className="why" colSpan={4}>
        <Icon className="icon" />
        {t(`common:noWork.${reason}.why`)} {t(`common:noWork.${reason}.change`)}
      </td>
      <td className="num done" colSpan={2}>
        {project.doneByYou > 0 && formatNumber(project.doneByYou)}
      </td>
    </tr>
  )
}
