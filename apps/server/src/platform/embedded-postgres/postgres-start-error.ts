/**
 * Why the embedded Postgres could not be started. The message says what is wrong and how to mend it and is meant to be
 * printed as it is, without a stack.
 *
 * - `already_running`: another Groundwork process owns the data folder
 * - `in_use`: a Postgres that this process may not stop runs on the data folder
 * - `no_binaries`: no Postgres binaries for this machine, or they do not run
 * - `not_permitted`: files or folders cannot be read, written or handed to the unprivileged account
 * - `wrong_version`: the database was made by another major version of Postgres
 * - `failed`: Postgres itself refused; the message carries the end of its log
 */
export class PostgresStartError extends Error {
  readonly code: 'already_running' | 'in_use' | 'no_binaries' | 'not_permitted' | 'wrong_version' | 'failed'

  constructor(code: PostgresStartError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'PostgresStartError'
    this.code = code
  }
}
