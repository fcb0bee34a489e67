import { createTransport } from 'nodemailer'

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
  const transport = createTransport(smtpUrl)
  return {
    configured: true,
    send: async (mail) => {
      await transport.sendMail({ ...mail, from })
    },
  }
}
