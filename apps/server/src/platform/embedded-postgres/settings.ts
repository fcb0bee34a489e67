import { totalmem } from 'node:os'

const MEBIBYTE = 1024 * 1024

/** The superuser that owns the database, and the database Groundwork lives in. */
export const SUPERUSER = 'groundwork'
export const DATABASE = 'groundwork'

/**
 * The text of postgresql.conf. It is written anew at every start, so that a new version of Groundwork brings its
 * settings along; an operator's own settings go through ALTER SYSTEM, which Postgres reads after this file.
 */
export function renderSettings(options: {
  port: number
  logFolder: string
  clientRulesFile: string
  fsync: boolean
}): string {
  const memory = memoryInMebibytes()
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port: options.port,
    // No socket files: their locks could block a start, and their paths may not be longer than 107 bytes.
    unix_socket_directories: '',
    hba_file: options.clientRulesFile,
    password_encryption: 'scram-sha-256',
    max_connections: 200,

    // A laptop shares its memory with a browser: an eighth for Postgres, the rest is the system's cache for it.
    shared_buffers: `${clamp(memory / 8, 128, 8192)}MB`,
    effective_cache_size: `${clamp(memory / 2, 256, 65536)}MB`,
    maintenance_work_mem: `${clamp(memory / 32, 64, 1024)}MB`,
    work_mem: `${clamp(memory / 1024, 4, 32)}MB`,
    random_page_cost: 1.1,
    jit: 'off',

    wal_buffers: '16MB',
    min_wal_size: '128MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',

    // Slots and leases are small rows that change all the time; their dead versions must go before they pile up.
    autovacuum_naptime: '15s',
    autovacuum_vacuum_scale_factor: 0.05,
    autovacuum_analyze_scale_factor: 0.05,
    autovacuum_vacuum_cost_limit: 2000,

    logging_collector: 'on',
    log_directory: options.logFolder,
    // One file per day of the week, overwritten a week later: bounded without anyone cleaning up.
    log_filename: 'postgres-%a.log',
    log_truncate_on_rotation: 'on',
    log_rotation_age: '1d',
    log_rotation_size: 0,
    log_file_mode: '0600',
    log_line_prefix: '%m [%p] %a ',
    log_min_duration_statement: '2s',
    log_lock_waits: 'on',
    log_timezone: 'UTC',
    timezone: 'UTC',
    datestyle: 'iso, ymd',
    lc_messages: 'C',
    ...(options.fsync ? DURABLE : THROW_AWAY),
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${quote(value)}`)
  return `# Written by Groundwork at every start. Put settings of your own in with ALTER SYSTEM.\n${lines.join('\n')}\n`
}

const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }

// For databases that live as long as one test run.
const THROW_AWAY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
  // Dropping a database searches all of it.
  shared_buffers: '256MB',
}

/** Who may connect: this machine only, and only with the password. */
export const CLIENT_RULES = `# Written by Groundwork at every start.
host all all 127.0.0.1/32 scram-sha-256
host replication all 127.0.0.1/32 scram-sha-256
`

function memoryInMebibytes(): number {
  // A container's limit counts, where there is one; it is a huge number or 0 where there is none.
  const limit = process.constrainedMemory()
  return (limit > 0 ? Math.min(limit, totalmem()) : totalmem()) / MEBIBYTE
}

function clamp(value: number, low: number, high: number): number {
  return Math.round(Math.min(high, Math.max(low, value)))
}

function quote(value: string | number): string {
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`
}
