import { resolve } from 'node:path'
import { z } from 'zod'

const flag = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true')
const optionalText = z
  .string()
  .trim()
  .transform((value) => value || undefined)
  .optional()

/** Every setting, by the name of its environment variable. `.env.example` explains them; this is the only reader. */
const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4100),
  HOST: z.string().default('127.0.0.1'),
  GROUNDWORK_URL: z.url().optional(),
  GROUNDWORK_DATA: z.string().default('./data'),
  GROUNDWORK_DEMO: flag.optional(),
  GROUNDWORK_SECRET: z
    .string()
    .min(32, 'needs at least 32 characters; `openssl rand -base64 32` makes one')
    .optional(),
  GROUNDWORK_JOBS: flag.default(true),
  GROUNDWORK_TRUST_PROXY: flag.default(false),
  GROUNDWORK_OPEN_SIGN_UP: flag.default(true),
  DATABASE_URL: optionalText,
  DATABASE_POOL: z.coerce.number().int().min(2).max(500).default(20),
  SMTP_URL: z.url().optional(),
  MAIL_FROM: z.string().default('Groundwork <groundwork@localhost>'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})

export type Config = {
  port: number
  host: string
  /** Where people reach the instance; set GROUNDWORK_URL behind a proxy. Undefined: made from host and port. */
  publicUrl: string | undefined
  dataFolder: string
  /** undefined: the demo is seeded only into an empty embedded database on loopback. */
  demo: boolean | undefined
  secret: string | undefined
  runJobs: boolean
  trustProxy: boolean
  openSignUp: boolean
  databaseUrl: string | undefined
  poolSize: number
  smtpUrl: string | undefined
  mailFrom: string
  logLevel: string
}

/**
 * Reads the settings from the environment.
 * @throws Error whose message names every variable that is wrong and what it should be.
 */
export function readConfig(variables: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  const parsed = environment.safeParse(given)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`Settings that cannot be used (.env.example explains each):\n${lines.join('\n')}`)
  }
  const value = parsed.data
  return {
    port: value.PORT,
    host: value.HOST,
    publicUrl: value.GROUNDWORK_URL?.replace(/\/$/, ''),
    dataFolder: resolve(value.GROUNDWORK_DATA),
    demo: value.GROUNDWORK_DEMO,
    secret: value.GROUNDWORK_SECRET,
    runJobs: value.GROUNDWORK_JOBS,
    trustProxy: value.GROUNDWORK_TRUST_PROXY,
    openSignUp: value.GROUNDWORK_OPEN_SIGN_UP,
    databaseUrl: value.DATABASE_URL,
    poolSize: value.DATABASE_POOL,
    smtpUrl: value.SMTP_URL,
    mailFrom: value.MAIL_FROM,
    logLevel: value.LOG_LEVEL,
  }
}
