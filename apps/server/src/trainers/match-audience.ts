import type { Audience } from '@groundwork/contract'
import type { Deps } from '../platform/index.ts'
import { countAudience } from './audience-queries.ts'

/** How many of the instance's trainers an audience reaches, and from which countries. */
export async function matchAudience({ database }: Deps, audience: Audience) {
  const rows = await database.transaction({}, (tx) => countAudience(tx, audience))
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + of(row), 0)
  return {
    matching: sum((row) => row.matching),
    trainers: sum((row) => row.trainers),
    countries: rows
      .filter((row) => row.matching > 0)
      .map((row) => ({ country: row.country, trainers: row.matching })),
  }
}
