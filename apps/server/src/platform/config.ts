import { resolve } from 'node:path'
import { z } from 'zod'
import type { ExportPlaces } from './deps.ts'
import { allowNetworks } from './outside/index.ts'
import type { S3Options } from './storage/index.ts'

const flag = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true')
const optionalText = z
  .string()
  .trim()
  .transform((value) => value || undefined)
  .optional()

function readNetworks(text: string, context: z.RefinementCtx): string[] {
  const networks = text.split(',').map((each) => each.trim())
  try {
    allowNetworks(networks.filter(Boolean))
  } catch (error) {
    context.addIssue(error instanceof Error ? error.message : String(error))
  }
  return networks.filter(Boolean)
}

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
  GROUNDWORK_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  GROUNDWORK_S3_BUCKET: optionalText,
  GROUNDWORK_S3_REGION: z.string().default('us-east-1'),
  GROUNDWORK_S3_KEY_ID: optionalText,
  GROUNDWORK_S3_KEY_SECRET: optionalText,
  GROUNDWORK_S3_PATH_STYLE: flag.default(true),
  GROUNDWORK_S3_PREFIX: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._/-]*$/, 'takes lower-case letters, digits, `.`, `_`, `-` and `/`')
    .optional(),
  GROUNDWORK_EXPORT_FOLDER: optionalText,
  GROUNDWORK_EXPORT_S3_HOSTS: optionalText,
  GROUNDWORK_HUGGING_FACE_URL: z.url({ protocol: /^https?$/ }).default('https://huggingface.co'),
  GROUNDWORK_ALLOWED_NETWORKS: z.string().default('').transform(readNetworks),
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
  /** Where images and other large files are kept; undefined: in the data folder. */
  s3: S3Options | undefined
  exportPlaces: ExportPlaces
  /** Networks beside the public internet to which requests of teams (webhooks) may go. */
  allowedNetworks: string[]
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
    s3: readS3(value),
    exportPlaces: {
      folder: value.GROUNDWORK_EXPORT_FOLDER && resolve(value.GROUNDWORK_EXPORT_FOLDER),
      huggingFaceUrl: value.GROUNDWORK_HUGGING_FACE_URL.replace(/\/+$/, ''),
      s3Hosts: (value.GROUNDWORK_EXPORT_S3_HOSTS ?? '').split(/[\s,]+/).filter(Boolean),
    },
    allowedNetworks: value.GROUNDWORK_ALLOWED_NETWORKS,
    smtpUrl: value.SMTP_URL,
    mailFrom: value.MAIL_FROM,
    logLevel: value.LOG_LEVEL,
  }
}

/** @throws Error when some of the settings of the store are given and others are missing */
function readS3(value: z.output<typeof environment>): S3Options | undefined {
  const needed = {
    GROUNDWORK_S3_ENDPOINT: value.GROUNDWORK_S3_ENDPOINT,
    GROUNDWORK_S3_BUCKET: value.GROUNDWORK_S3_BUCKET,
    GROUNDWORK_S3_KEY_ID: value.GROUNDWORK_S3_KEY_ID,
    GROUNDWORK_S3_KEY_SECRET: value.GROUNDWORK_S3_KEY_SECRET,
  }
  const missing = Object.entries(needed).filter(([, each]) => each === undefined)
  if (missing.length === Object.keys(needed).length) return undefined
  const [endpoint, bucket, accessKeyId, secretAccessKey] = Object.values(needed)
  if (!endpoint || !bucket || !accessKeyId || !secretAccessKey) {
    const names = missing.map(([name]) => name).join(', ')
    throw new Error(`Settings that cannot be used: the S3 store also needs ${names}.`)
  }
  return {
    endpoint,
    bucket,
    accessKeyId,
    secretAccessKey,
    region: value.GROUNDWORK_S3_REGION,
    pathStyle: value.GROUNDWORK_S3_PATH_STYLE,
    prefix: value.GROUNDWORK_S3_PREFIX?.replace(/\/*$/, '/'),
  }
}
