import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from '../i18n/react.ts'
import { formatDateTime, formatDuration, formatRelative } from './format.ts'

/** An empty list: what is missing, and what to do next. `level` 1 when it is all that the page says. */
export function Empty({
  title,
  level = 2,
  children,
  act,
}: {
  title: string
  level?: 1 | 2
  children?: ReactNode
  act?: ReactNode
}) {
  const Heading = level === 1 ? 'h1' : 'h2'
  return (
    <div className="empty">
      <Heading>{title}</Heading>
      {children && <p>{children}</p>}
      {act}
    </div>
  )
}

/** How far a long job is: a share 0..1, a count in words, and the time left when it can be told. */
export function Progress({
  share,
  label,
  count,
  leftMs,
}: {
  share: number
  label: string
  count?: ReactNode
  leftMs?: number | null
}) {
  const { t } = useTranslation()
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100)
  return (
    <div className="progress">
      <div
        className="bar"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <i style={{ inlineSize: `${percent}%` }} />
      </div>
      <div className="top">
        <span>{count ?? `${percent} %`}</span>
        {leftMs != null && <span>{t('progress.left', { time: formatDuration(leftMs) })}</span>}
      </div>
    </div>
  )
}

/** A moment: relative, with the exact time on hover. */
export function Time({ at }: { at: string }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return (
    <time dateTime={at} title={formatDateTime(at)}>
      {formatRelative(at, now)}
    </time>
  )
}

/** A table that scrolls sideways when the page is narrow. `caption` names it for screen readers. */
export function Table({
  caption,
  className,
  children,
}: {
  caption: string
  className?: string
  children: ReactNode
}) {
  const region = useRef<HTMLElement>(null)
  const scrolls = useScrollsSideways(region)
  return (
    <section ref={region} className="scroll-x" tabIndex={scrolls ? 0 : undefined} aria-label={caption}>
      <table className={className ? `table ${className}` : 'table'}>{children}</table>
    </section>
  )
}

/** Whether there is more beside what is seen: then the keyboard must reach the region, otherwise it is only in the way. */
function useScrollsSideways(region: RefObject<HTMLElement | null>): boolean {
  const [scrolls, setScrolls] = useState(false)
  useEffect(() => {
    const element = region.current
    if (!element) return
    const look = () => setScrolls(element.scrollWidth > element.clientWidth + 1)
    const observer = new ResizeObserver(look)
    observer.observe(element)
    if (element.firstElementChild) observer.observe(element.firstElementChild)
    return () => observer.disconnect()
  }, [region])
  return scrolls
}

export function Pending() {
  const { t } = useTranslation()
  return (
    <div className="pending" role="status" aria-label={t('loading')}>
      <span className="spinner" />
    </div>
  )
}

/** The sign of the house: ground, drawn as in a circuit. */
export const Mark = () => (
  <svg viewBox="0 0 18 18" aria-hidden="true">
    <path d="M9 1.5v7M2 8.5h14M5 12.5h8M7.5 16.5h3" />
  </svg>
)
