import type { Project } from '@groundwork/contract'
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { client } from '../../../api/client.ts'
import { errorText, fieldErrors } from '../../../api/error-text.ts'
import { useOrganization } from '../../../api/session.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { formatMoney, formatNumber } from '../../../ui/format.ts'
import { Part } from '../../../ui/Part.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { MoneyField } from '../MoneyField.tsx'
import { isZero, microsOf, missingMoney, priceOf, stillToFund } from '../pricing.ts'
import { keepProject } from '../queries.ts'
import { useFunding } from '../use-funding.ts'
import { useKeptText } from '../use-kept-text.ts'
import { BackLink } from './BackLink.tsx'
import { Estimate } from './Estimate.tsx'
import { LaunchSummary } from './LaunchSummary.tsx'
import { StepFoot } from './StepFoot.tsx'

/** Money into escrow, then the project opens. */
export function LaunchStep({ project }: { project: Project }) {
  const { t } = useTranslation('projects')
  const navigate = useNavigate()
  const { all } = useOrganization()
  const organization = all.find((each) => each.organization.id === project.organizationId)?.organization.name
  const { pay, progress, overlap } = project
  const price = priceOf(pay, progress.tasks, overlap.judgments)
  const wanted = price ? stillToFund(price.total, progress.money.funded) : null
  const typed = useKeptText(`groundwork.funding.${project.id}`, null)
  const amount = typed.value ?? (wanted && !isZero(wanted) ? wanted.amount : '')
  const micros = amount.trim() === '' ? 0n : microsOf(amount, pay.currency)
  const funding = useFunding(project)
  const launch = useMutation({
    mutationFn: async () => {
      if (micros && micros > 0n) {
        await funding.mutateAsync({ amount: amount.trim(), currency: pay.currency })
        // What is in is not asked for again should the launch itself fail.
        typed.change(null)
      }
      return client.launchProject({ params: { id: project.id } })
    },
    onSuccess: (live) => {
      typed.forget()
      void navigate({ to: '/projects/$projectId/overview', params: { projectId: project.id } })
      keepProject(live)
      showToast({ text: t('launch.done') })
    },
  })
  const errors = fieldErrors(launch.error)
  const money = { amount: amount.trim() || '0', currency: pay.currency }
  const short = price && micros !== null && wanted && !isZero(missingMoney(1, wanted, money))
  const noMoney = (micros ?? 0n) === 0n && isZero(progress.money.free)
  const ready = progress.tasks > 0 && micros !== null
  return (
    <div className="wizard-columns">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (ready && !launch.isPending) launch.mutate()
        }}
      >
        <Part title={t('launch.summary')} about={t('launch.summaryHint')}>
          <LaunchSummary project={project} />
        </Part>
        <Part title={t('launch.money')} about={t('launch.moneyHint')}>
          <MoneyField
            label={t('fund.amount')}
            currency={pay.currency}
            value={amount}
            onChange={typed.change}
            error={micros === null ? t('pay.badAmount') : errors['amount.amount']}
            hint={
              isZero(progress.money.funded)
                ? t('launch.prefilled')
                : t('launch.funded', { amount: formatMoney(progress.money.funded) })
            }
          />
          {short && <p className="small caution">{t(noMoney ? 'launch.noMoney' : 'launch.short')}</p>}
          <p className="hint">{t('launch.source', { organization: organization ?? '' })}</p>
        </Part>
        {progress.tasks === 0 && (
          <p className="form-error">
            {t('launch.noTasks')}{' '}
            <Link to="/projects/new" search={{ project: project.id, step: 'data' }}>
              {t('launch.toData')}
            </Link>
          </p>
        )}
        {launch.error && Object.keys(errors).length === 0 && (
          <p className="form-error" role="alert">
            {errorText(launch.error)}
          </p>
        )}
        <StepFoot
          back={<BackLink project={project.id} step="audience" />}
          note={
            launch.isPending && price
              ? t('launch.opening', { count: price.judgments, number: formatNumber(price.judgments) })
              : t('launch.fixes')
          }
        >
          <Button
            type="submit"
            look={ready ? 'primary' : 'waiting'}
            disabled={!ready}
            busy={launch.isPending}
          >
            {micros && micros > 0n
              ? t('launch.fundAndLaunch', { amount: formatMoney(money) })
              : t('launch.act')}
          </Button>
        </StepFoot>
      </form>
      <Estimate
        price={price}
        tasks={progress.tasks}
        overlap={overlap.judgments}
        audience={project.audience}
      />
    </div>
  )
}
