import { formatDay } from './format.ts'
import './day-bars.css'

/** A value a day as bars with the values on them; as a list it is its own table for screen readers. */
export function DayBars({
  label,
  days,
}: {
  label: string
  /** `value` sets the height, `text` is what it is worth in words. */
  days: { date: string; value: number; text: string }[]
}) {
  const most = Math.max(...days.map((day) => day.value), 0)
  return (
    <ol className="day-bars" aria-label={label}>
      {days.map((day) => (
        <li key={day.date}>
          <span className="value num">{day.value > 0 ? day.text : ''}</span>
          <i style={{ blockSize: most > 0 ? `${(100 * day.value) / most}%` : 0 }} />
          <span className="day">{formatDay(day.date).split(' ')[0]}</span>
          {day.value === 0 && <span className="sr">{day.text}</span>}
        </li>
      ))}
    </ol>
  )
}
