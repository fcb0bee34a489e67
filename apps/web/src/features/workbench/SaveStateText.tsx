import { Check, CloudOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { formatDuration, formatRelative } from '../../ui/format.ts'
import type { SaveState } from './draft-saver.ts'

/** Where the draft is: "Saving", "Draft saved 2 s ago", "Offline: kept in this browser". */
export function SaveStateText({ save }: { save: SaveState }) {
  const { t } = useTranslation('workbench')
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  if (save.kind === 'untouched') return null
  if (save.kind === 'offline')
    return (
      <span className="saved caution">
        <CloudOff className="icon" />
        {t('save.offline')}
      </span>
    )
  if (save.kind === 'kept') return <span className="saved">{t('save.kept')}</span>
  if (save.kind !== 'saved' || save.at === null) return <span className="saved">{t('save.saving')}</span>
  const age = now - save.at
  const when =
    age < 1_500
      ? t('save.now')
      : age < 60_000
        ? `${formatDuration(age)} ago`
        : formatRelative(new Date(save.at), now)
  return (
    <span className="saved">
      <Check className="icon" />
      {t('save.saved', { when })}
    </span>
  )
}
