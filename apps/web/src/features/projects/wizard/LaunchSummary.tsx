import type { Project } from '@groundwork/contract'
import { Link } from '@tanstack/react-router'
import { useTranslation } from '../../../i18n/react.ts'
import { formatMoney, formatNumber } from '../../../ui/format.ts'
import { AudienceMatch } from '../audience/AudienceMatch.tsx'
import { formatMinutes } from '../pricing.ts'
import type { WizardStep } from './wizard-steps.ts'

/** Everything that is about to be launched, each with the way to change it. */
export function LaunchSummary({ project }: { project: Project }) {
  const { t } = useTranslation('projects')
  const { pay, progress, overlap } = project
  const rows: { step: WizardStep; name: string; text: string }[] = [
    {
      step: 'data',
      name: t('wizard.steps.data'),
      text: t('launch.tasks', { count: progress.tasks, number: formatNumber(progress.tasks) }),
    },
    {
      step: 'guideline',
      name: t('wizard.steps.guideline'),
      text: firstLine(project.guideline.markdown) || t('launch.guideline'),
    },
    {
      step: 'audience',
      name: t('pay.title'),
      text: t('launch.pay', {
        pay: formatMoney(pay.perJudgment),
        hourly: formatMoney({ amount: pay.hourly, currency: pay.currency }),
        time: formatMinutes(pay.estimateSeconds),
      }),
    },
    {
      step: 'audience',
      name: t('terms.overlap'),
      text: t('launch.overlap', { count: overlap.judgments }),
    },
    {
      step: 'audience',
      name: t('terms.review'),
      text: t('launch.review', { count: project.reviewWindowDays }),
    },
  ]
  return (
    <>
      <dl className="launch-summary">
        {rows.map((row) => (
          <div key={row.name}>
            <dt>{row.name}</dt>
            <dd>{row.text}</dd>
            <dd className="edit">
              <Link to="/projects/new" search={{ project: project.id, step: row.step }}>
                {t('launch.change')}
                <span className="sr"> {row.name}</span>
              </Link>
            </dd>
          </div>
        ))}
      </dl>
      <AudienceMatch audience={project.audience} />
    </>
  )
}

/** The first heading or line of a Markdown text. */
const firstLine = (markdown: string) =>
  markdown
    .split('\n')
    .map((line) => line.replace(/^[#>*\-\s]+/, '').trim())
    .find((line) => line !== '')
    ?.slice(0, 120) ?? ''
