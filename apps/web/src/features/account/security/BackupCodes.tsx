import { Check, Copy, Download } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { useCopy } from '../../../ui/markdown/use-copy.ts'

/** The ten codes for the day when the app is lost; they are in this one answer of the server and nowhere else. */
export function BackupCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useTranslation(['account', 'common'])
  const [copied, copy] = useCopy()
  const [kept, setKept] = useState(false)
  const start = useRef<HTMLParagraphElement>(null)
  useEffect(() => start.current?.focus(), [])
  const text = codes.join('\n')
  return (
    <>
      <p ref={start} tabIndex={-1}>
        {t('twoFactor.codes')}
      </p>
      <ul className="backup-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="account-acts">
        <Button
          onClick={() => {
            copy(text)
            setKept(true)
          }}
        >
          {copied ? <Check className="icon" /> : <Copy className="icon" />}
          <span role="status">{t(copied ? 'common:actions.copied' : 'common:actions.copy')}</span>
        </Button>
        <a
          className="btn"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${t('twoFactor.fileHead', { host: location.host })}\n\n${text}\n`)}`}
          download="groundwork-backup-codes.txt"
          onClick={() => setKept(true)}
        >
          <Download className="icon" />
          {t('twoFactor.download')}
        </a>
      </div>
      <label className="check">
        <input type="checkbox" checked={kept} onChange={(event) => setKept(event.target.checked)} />
        {t('twoFactor.kept')}
      </label>
      <div>
        <Button look="primary" disabled={!kept} onClick={onDone}>
          {t('twoFactor.done')}
        </Button>
      </div>
    </>
  )
}
