import { addJob, type Deps, type Jobs, type Tx } from '../platform/index.ts'
import { insertMail, markMailFailed, markMailSent, unsentMail } from './mail-queries.ts'

/** A mail with one link in it, for one person. */
export type LinkMail = { kind: string; to: string; subject: string; text: string; link: string }

/**
 * Takes a mail in hand within the transaction that wants it sent; a background job sends it. Without a mail server its link is
 * shown on the operator's page and in the log, to be handed over by hand.
 */
export async function sendLink({ mailer, log }: Deps, tx: Tx, mail: LinkMail): Promise<void> {
  const id = await insertMail(tx, {
    kind: mail.kind,
    to: mail.to,
    subject: mail.subject,
    body: mailer.configured ? `${mail.text}\n\n${mail.link}\n` : mail.text,
    link: mailer.configured ? null : mail.link,
  })
  if (mailer.configured) await addJob(tx, 'mail.send', { mailId: id })
  else log.info({ kind: mail.kind, to: mail.to, link: mail.link }, 'no mail server: hand this link over')
}

/** Jobs that send what `sendLink` took in hand. A mail that fails is tried again by the queue. */
export function mailJobs({ database, mailer, log }: Deps): Jobs['handlers'] {
  return {
    'mail.send': async ({ mailId }) => {
      if (!mailId) return
      const failure = await database.transaction('system', async (tx) => {
        const mail = await unsentMail(tx, mailId)
        if (!mail) return null
        try {
          await mailer.send({ to: mail.recipient, subject: mail.subject, text: mail.body })
          await markMailSent(tx, mailId)
          return null
        } catch (error) {
          const message = error instanceof Error ? error.message : String(error)
          await markMailFailed(tx, mailId, message.slice(0, 500))
          return { error }
        }
      })
      if (!failure) return
      log.warn({ err: failure.error, mailId }, 'a mail could not be sent')
      throw failure.error
    },
  }
}
