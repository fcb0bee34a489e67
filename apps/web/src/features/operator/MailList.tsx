import type { operatorMail } from '@groundwork/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { errorText } from '../../api/error-text.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { Time } from '../../ui/bits.tsx'
import { CopyText } from '../../ui/CopyText.tsx'
import { mailQuery } from './queries.ts'

type Mail = ReturnType<(typeof operatorMail)['parse']>

const AT_FIRST = 20

/** Mail of the last days. Without a mail server the operator hands its links over. */
export function MailList({ configured }: { configured: boolean }) {
  const { t } = useTranslation('operator')
  const { data, error } = useQuery(mailQuery)
  const [all, setAll] = useState(false)
  const mails = data?.items ?? []
  return (
    <section className="section" aria-labelledby="mail">
      <div className="section-head">
        <h2 id="mail">{t('mail.title')}</h2>
        <p>{t('mail.about')}</p>
      </div>
      <p className="operator-note">{t(configured ? 'mail.sends' : 'mail.shows')}</p>
      {error && <p className="form-error">{errorText(error)}</p>}
      {data && mails.length === 0 && <p className="operator-none">{t('mail.none')}</p>}
      {mails.length > 0 && (
        <ul className="list">
          {mails.slice(0, all ? undefined : AT_FIRST).map((mail) => (
            <MailItem key={mail.id} mail={mail} />
          ))}
        </ul>
      )}
      {!all && mails.length > AT_FIRST && (
        <div className="operator-more">
          <Button onClick={() => setAll(true)}>{t('mail.all', { count: mails.length })}</Button>
        </div>
      )}
    </section>
  )
}

const HOUR = 3_600_000

function MailItem({ mail }: { mail: Mail }) {
  const { t } = useTranslation('operator')
  // Links of invitations are as old as the list at most; those to new passwords work for an hour.
  const over = mail.kind === 'password_reset' && Date.now() - Date.parse(mail.createdAt) > HOUR
  const state = stateOf(mail, over)
  return (
    <li className="mail-item">
      <div className="mail-head">
        <span className="strong">{mail.to}</span>
        <span className="muted">{mail.subject}</span>
        <span className="faint">
          <Time at={mail.createdAt} />
        </span>
        <span className={`state ${looks[state]}`}>{t(`mail.states.${state}`)}</span>
      </div>
      {mail.error && <p className="form-error">{mail.error}</p>}
      {state === 'handOver' && mail.link && (
        <CopyText label={t('mail.link', { name: mail.to })} text={mail.link} />
      )}
    </li>
  )
}

const looks = { sent: 'good', failed: 'bad', over: '', handOver: 'waiting', waiting: 'waiting' }

function stateOf(mail: Mail, over: boolean): keyof typeof looks {
  if (mail.sentAt) return 'sent'
  if (mail.error) return 'failed'
  if (over) return 'over'
  return mail.link ? 'handOver' : 'waiting'
}
