import type { Project, ProjectState } from '@groundwork/contract'
import type { TFunction } from 'i18next'
import { formatNumber, formatPercent, formatRoundMoney } from '../../ui/format.ts'
import { isZero, missingMoney } from './pricing.ts'

/** The dot before a state. */
export const stateLook: Record<ProjectState, string> = {
  draft: 'state',
  live: 'state good',
  paused: 'state waiting',
  finished: 'state',
}

/** Slots are open, the project is live, and the free money does not reach for one more judgment. */
export function isOutOfFunds(project: Project): boolean {
  const { slots, money } = project.progress
  if (project.state !== 'live' || slots.open === 0) return false
  return !isZero(missingMoney(1, project.pay.perJudgment, money.free))
}

type Text = TFunction<['projects', 'common']>

/** Where a project stands, in one sentence. */
export function statusSentence(project: Project, t: Text, now = Date.now()): string {
  const { progress, state } = project
  if (progress.tasks === 0) return t(state === 'draft' ? 'lede.draftEmpty' : 'lede.empty')
  if (state === 'draft')
    return t('lede.draft', { count: progress.tasks, number: formatNumber(progress.tasks) })
  const counts = {
    count: progress.tasks,
    done: formatNumber(progress.tasksDone),
    tasks: formatNumber(progress.tasks),
  }
  const agreement = progress.agreement?.percent
  const clauses = [
    agreement == null
      ? t('lede.done', counts)
      : t('lede.doneAgreement', { ...counts, agreement: formatPercent(agreement) }),
    t('lede.spent', {
      spent: formatRoundMoney(progress.money.spent),
      funded: formatRoundMoney(progress.money.funded),
    }),
    ending(project, t, now),
  ]
  const locale = globalThis.document?.documentElement.lang || 'en'
  return t('lede.sentence', { text: new Intl.ListFormat(locale).format(clauses) })
}

function ending(project: Project, t: Text, now: number): string {
  const { progress, state } = project
  if (state === 'finished') return t('lede.isFinished')
  if (state === 'paused') return t('lede.isPaused')
  if (progress.slots.open + progress.slots.leased === 0) return t('lede.isDone')
  if (isOutOfFunds(project)) return t('lede.isOutOfFunds')
  if (progress.forecastFinish) return t('lede.finishes', { when: aboutWhen(progress.forecastFinish, now) })
  return t(progress.judgments === 0 ? 'lede.isWaiting' : 'lede.isQuiet')
}

/** A moment as people say it: "16:20", "tomorrow", "Thursday", "26 November". */
export function aboutWhen(at: string, now = Date.now()): string {
  const locale = globalThis.document?.documentElement.lang || 'en'
  const date = new Date(at)
  const days = Math.round((startOfDay(date) - startOfDay(new Date(now))) / 86_400_000)
  if (days === 1) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(1, 'day')
  const style: Intl.DateTimeFormatOptions =
    days < 1
      ? { hour: '2-digit', minute: '2-digit' }
      : days < 7
        ? { weekday: 'long' }
        : { day: 'numeric', month: 'long', ...(days > 300 && { year: 'numeric' }) }
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, style).format(date)
}

const startOfDay = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
