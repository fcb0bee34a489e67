import * as Plot from '@observablehq/plot'
import { useEffect, useRef } from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { formatDay, formatNumber } from '../../../ui/format.ts'
import { type Course, ticksBetween } from './burn-up.ts'

/** Draws the course with labels on the data. Colours come from the tokens by class, so both themes hold without drawing anew. */
export function BurnUpChart({ course, ended }: { course: Course; ended: boolean }) {
  const { t } = useTranslation('projects')
  const place = useRef<HTMLDivElement>(null)
  const labels = {
    total: t('burnUp.total', { count: course.total, number: formatNumber(course.total) }),
    now: t(ended ? 'burnUp.atEnd' : 'burnUp.now', { number: formatNumber(course.done.at(-1)?.tasks ?? 0) }),
    about: t('burnUp.aria', {
      done: formatNumber(course.done.at(-1)?.tasks ?? 0),
      total: formatNumber(course.total),
    }),
  }
  const text = JSON.stringify(labels)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the labels are new objects each time; their text says whether they changed.
  useEffect(() => {
    const holder = place.current
    if (!holder) return
    const draw = () => {
      const width = Math.max(300, Math.floor(holder.clientWidth))
      holder.replaceChildren(chart(course, labels, width))
    }
    draw()
    const observer = new ResizeObserver(draw)
    observer.observe(holder)
    return () => observer.disconnect()
  }, [course, text])
  return <div ref={place} className="burn-up-chart" role="img" aria-label={labels.about} />
}

const HEIGHT = 252

function chart(course: Course, labels: { total: string; now: string }, width: number) {
  const { done, forecast, total } = course
  const now = done.at(-1)
  const first = done[0]?.at ?? new Date()
  const last = forecast?.[1].at ?? now?.at ?? first
  const span = last.getTime() - first.getTime()
  const ticks = ticksBetween(first, last, Math.max(2, Math.floor(width / 105)))
  // One series has no legend; x ends where the data end, and the labels stand in the margin.
  const plot = Plot.plot({
    width,
    height: HEIGHT,
    marginLeft: 2,
    marginRight: 76,
    marginTop: 14,
    marginBottom: 26,
    className: 'plot',
    x: { type: 'time', domain: [first, last] },
    y: { domain: [0, total] },
    marks: [
      Plot.gridY(quarters(total), { className: 'grid', strokeOpacity: 1 }),
      Plot.axisY(quarters(total), {
        anchor: 'right',
        tickSize: 0,
        tickPadding: 8,
        label: null,
        tickFormat: (value: number) => formatNumber(value),
        className: 'tick',
      }),
      Plot.ruleY([total], { className: 'limit', strokeDasharray: '3 3' }),
      Plot.text([labels.total], {
        className: 'on',
        frameAnchor: 'right',
        y: total,
        dx: 8,
        textAnchor: 'start',
        text: String,
      }),
      Plot.axisX(ticks.at, {
        className: 'tick',
        tickSize: 0,
        tickPadding: 8,
        label: null,
        tickFormat: (at: Date) => (ticks.hours ? hour(at) : formatDay(at)),
      }),
      Plot.ruleY([0], { className: 'axis' }),
      ...(forecast ? [Plot.lineY(forecast, { x: 'at', y: 'tasks', className: 'series dash' })] : []),
      Plot.lineY(done, { x: 'at', y: 'tasks', className: 'series' }),
      ...(now
        ? [
            Plot.dot([now], { x: 'at', y: 'tasks', r: 4, className: 'dot' }),
            Plot.text([now], {
              className: 'on',
              x: 'at',
              y: 'tasks',
              text: () => labels.now,
              dx: nearStart(now.at, first, span) ? 10 : -10,
              dy: nearStart(now.at, first, span) ? 10 : -6,
              textAnchor: nearStart(now.at, first, span) ? 'start' : 'end',
            }),
          ]
        : []),
      ...(forecast ? [Plot.dot([forecast[1]], { x: 'at', y: 'tasks', r: 3.5, className: 'dot' })] : []),
    ],
  })
  plot.classList.add('chart')
  // The place around it has the words.
  plot.setAttribute('aria-hidden', 'true')
  return plot
}

const nearStart = (at: Date, first: Date, span: number) => at.getTime() - first.getTime() < 0.25 * span

function hour(at: Date): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(at)
}

/** Three round values below the total. */
function quarters(total: number): number[] {
  if (total < 4) return []
  const step =
    Math.max(1, Math.round(total / 4 / 10 ** Math.floor(Math.log10(total / 4)))) *
    10 ** Math.floor(Math.log10(total / 4))
  return [1, 2, 3].map((each) => each * step).filter((value) => value < total * 0.88)
}
