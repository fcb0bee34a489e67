import type { JudgmentFlag, Project, TaskDetail } from '@groundwork/contract'
import { useHasRole } from '../../../api/session.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Time } from '../../../ui/bits.tsx'
import { DecideFlag } from './DecideFlag.tsx'
import './judgments.css'

/** What the team asked about a judgment: who, when and why, what it means while it is open, and what was decided. */
export function JudgmentFlags({
  judgment,
  project,
}: {
  judgment: TaskDetail['judgments'][number]
  project: Project
}) {
  const flags = judgment.flags?.toReversed() ?? []
  if (flags.length === 0) return null
  return (
    <ul className="judgment-flags">
      {flags.map((flag) => (
        <Item key={flag.id} flag={flag} judgment={judgment} project={project} />
      ))}
    </ul>
  )
}

function Item({
  flag,
  judgment,
  project,
}: {
  flag: JudgmentFlag
  judgment: TaskDetail['judgments'][number]
  project: Project
}) {
  const { t } = useTranslation('judgments')
  const mayDecide = useHasRole('reviewer', project.organizationId)
  const { state, resolvedAt } = flag
  const kind = t(`kinds.${flag.kind}`)
  return (
    <li data-state={state}>
      <div className="judgment-flag-head">
        <strong>{t(state === 'open' ? 'open' : state === 'excluded' ? 'excluded' : 'past', { kind })}</strong>
        <span className="hint num">
          {t('raised', { name: flag.flaggedBy.name })}
          <Time at={flag.createdAt} />
        </span>
        {state === 'open' && mayDecide && (
          <span className="end">
            <DecideFlag flag={flag} author={judgment.trainer} project={project} />
          </span>
        )}
      </div>
      <p className="flag-note" dir="auto">
        {flag.note}
      </p>
      {flag.judgmentId !== judgment.id && <p className="hint">{t('before')}</p>}
      {(state === 'open' || state === 'excluded') && (
        <p className="hint">{t(state === 'open' ? 'openEffect' : 'excludedEffect')}</p>
      )}
      {state !== 'open' && resolvedAt && (
        <p className="hint num">
          {t(`results.${state}`, { name: flag.resolvedBy?.name })}
          <Time at={resolvedAt} />
        </p>
      )}
      {flag.resolutionNote && (
        <p className="flag-note" dir="auto">
          {flag.resolutionNote}
        </p>
      )}
    </li>
  )
}
