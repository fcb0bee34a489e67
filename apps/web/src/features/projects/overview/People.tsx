import type { Project } from '@groundwork/contract'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '../../../i18n/react.ts'
import { Table, Time } from '../../../ui/bits.tsx'
import { formatClock, formatMoney, formatNumber } from '../../../ui/format.ts'
import { formatShare } from '../figures.ts'
import { peopleQuery, whileLive } from '../queries.ts'
import { IntervalBar } from './IntervalBar.tsx'

const SHOWN = 25

/** Who judged: how much, how often with the consensus, how fast, and what an hour really paid. */
export function People({ project }: { project: Project }) {
  const { t } = useTranslation('projects')
  const { data } = useQuery({ ...peopleQuery(project.id), ...whileLive(project) })
  const people = data?.items.toSorted((one, other) => other.judgments - one.judgments) ?? []
  if (people.length === 0) return null
  const lows = people.flatMap((person) => person.agreement?.low ?? [])
  const from = Math.min(0.8, Math.floor(Math.min(...lows, 1) * 10) / 10)
  return (
    <section className="section" aria-labelledby="people">
      <div className="section-head">
        <h2 id="people">{t('people.title')}</h2>
        <p className="num">{t('people.count', { count: people.length })}</p>
      </div>
      <Table caption={t('table', { title: t('people.title') })} className="people-table">
        <thead>
          <tr>
            <th scope="col">{t('people.trainer')}</th>
            <th scope="col">{t('people.agreement', { from: formatNumber(from, 1) })}</th>
            <th scope="col" className="num lo">
              {t('people.judgments')}
            </th>
            <th scope="col" className="num lo">
              {t('people.medianTime')}
            </th>
            <th scope="col" className="num lo">
              {t('people.trueWage')}
            </th>
            <th scope="col" className="num lo">
              {t('people.last')}
            </th>
          </tr>
        </thead>
        <tbody>
          {people.slice(0, SHOWN).map((person) => (
            <tr key={person.trainerId}>
              <td>
                <span className="strong">{person.name}</span>
                <span className="sub only-phone num">
                  {t('people.inShort', {
                    count: person.judgments,
                    number: formatNumber(person.judgments),
                    wage: person.trueWage ? formatMoney(person.trueWage) : '–',
                  })}
                </span>
              </td>
              <td>
                {person.agreement ? (
                  <span className="people-agreement">
                    <IntervalBar value={person.agreement} from={from} />
                    <span className="v">{formatShare(person.agreement.share)}</span>
                  </span>
                ) : (
                  <span className="faint">{t('people.tooEarly')}</span>
                )}
              </td>
              <td className="num lo">{formatNumber(person.judgments)}</td>
              <td className="num lo">
                {person.medianSeconds == null ? '–' : formatClock(person.medianSeconds * 1000)}
              </td>
              <td className="num lo">{person.trueWage ? formatMoney(person.trueWage) : '–'}</td>
              <td className="num muted lo">{person.lastAt ? <Time at={person.lastAt} /> : '–'}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="hint after-table">{t('people.note')}</p>
    </section>
  )
}
