import { join } from 'node:path'

/** Where everything of the embedded Postgres lies. */
export type Paths = ReturnType<typeof pathsIn>

/**
 * @param home the folder all of it lies in. It belongs to the account of this process and holds nothing that Postgres
 *   may write but its own two folders, so a Postgres gone astray cannot make a root process write elsewhere.
 */
export function pathsIn(home: string) {
  return {
    home,
    /** Postgres's data directory. */
    database: join(home, 'database'),
    /** How the folders begin in which a new database is made; it gets its name only when it is whole. */
    unfinished: join(home, 'database.unfinished'),
    logFolder: join(home, 'log'),
    /** What Postgres says before its own logging runs. */
    startLog: join(home, 'start.log'),
    settings: join(home, 'postgresql.conf'),
    clientRules: join(home, 'pg_hba.conf'),
    alivePipe: join(home, 'alive'),
  }
}
