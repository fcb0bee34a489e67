import { Client } from 'pg'

/**
 * Resolves when the work has ended, or waits for a lock that somebody else has. For tests that hold a transaction open and let
 * another one run into it.
 * @param ownerUrl superuser's connection to the test's database
 */
export async function untilWaitingOrDone(ownerUrl: string, work: Promise<unknown>): Promise<void> {
  let ended = false
  work.then(
    () => {
      ended = true
    },
    () => {
      ended = true
    },
  )
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    while (!ended) {
      const { rowCount } = await client.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      if (rowCount) return
    }
  } finally {
    await client.end()
  }
}
