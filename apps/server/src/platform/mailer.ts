import { createTransport } from 'nodemailer'

/** A mail server that does not answer is given up soon: the mail is tried again, and nothing waits for it meanwhile. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 15_000 }

/** Sends mail; `configured` false: nobody can be mailed, and links go to the operator's page instead. */
export type Mailer = {
  configured: boolean
  send: (mail: { to: string; subject: string; text: string }) => Promise<void>
}

/** @param smtpUrl such as `smtps://user:password@mail.example.org`; undefined: mail is off */
export function openMailer(smtpUrl: string | undefined, from: string): Mailer {
  if (!smtpUrl)
    return {
      configured: false,
      send: () => Promise.reject(new Error('No mail server is configured (SMTP_URL).')),
    }
  const transport = createTransport({ url: smtpUrl, ...TIMEOUTS })
  return {
    configured: true,
    send: async (mail) => {
      await transport.sendMail({ ...mail, from })
    },
  }
}
