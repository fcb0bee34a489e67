import type { Assignment } from '@groundwork/contract'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { errorText } from '../../../api/error-text.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { Pending } from '../../../ui/bits.tsx'
import { changesBetween, shortened } from './changes.ts'
import { earlierGuidelineQuery } from './guideline-read.ts'

/**
 * What changed in the guideline: since it was read last, open until that is read, too; and from any earlier version, whenever one wants
 * to know.
 */
export function GuidelineChanges({
  assignment: { id, projectId, guideline },
  before,
  unread,
  onRead,
}: {
  assignment: Pick<Assignment, 'id' | 'projectId' | 'guideline'>
  /** The version that was read before this one; null: there is none, or it was this one. */
  before: { version: number; markdown: string } | null
  unread: boolean
  onRead: () => void
}) {
  const { t } = useTranslation('desk')
  const { version, markdown } = guideline
  const [open, setOpen] = useState(unread)
  const [from, setFrom] = useState(before?.version ?? version - 1)
  const known = before?.version === from ? before : null
  const { data, error } = useQuery({
    ...earlierGuidelineQuery(id, projectId, from),
    enabled: open && !known,
  })
  const since = known ?? data?.since
  return (
    <details
      className="changes"
      data-read={!unread || undefined}
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{t(unread ? 'guideline.changed' : 'guideline.changes', { from, to: version })}</summary>
      {version > 2 && (
        <select
          className="input"
          aria-label={t('guideline.since')}
          value={from}
          onChange={(event) => setFrom(Number(event.target.value))}
        >
          {Array.from({ length: version - 1 }, (_, index) => version - 1 - index).map((each) => (
            <option key={each} value={each}>
              {t('guideline.sinceVersion', { version: each })}
            </option>
          ))}
        </select>
      )}
      {since ? (
        <ChangeList before={since.markdown} after={markdown} />
      ) : error ? (
        <p role="alert">{errorText(error)}</p>
      ) : (
        open && <Pending />
      )}
      {unread && (
        <Button size="s" onClick={onRead}>
          {t('guideline.gotIt')}
        </Button>
      )}
    </details>
  )
}

function ChangeList({ before, after }: { before: string; after: string }) {
  const { t } = useTranslation('desk')
  const changes = useMemo(() => changesBetween(before, after), [before, after])
  if (changes.length === 0) return <p className="small muted">{t('guideline.unchanged')}</p>
  return (
    <ul>
      {changes.map((parts, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the changes of two versions do not move.
        <li key={index} dir="auto">
          {parts.map(({ kind, text }, at) => {
            const key = `${kind} ${at}`
            if (kind === 'added') return <ins key={key}>{text}</ins>
            return kind === 'removed' ? <del key={key}>{text}</del> : <span key={key}>{shortened(text)}</span>
          })}
        </li>
      ))}
    </ul>
  )
}
