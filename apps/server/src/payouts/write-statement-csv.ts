import type { StatementLine } from '@groundwork/contract'
import type { Deps } from '../platform/index.ts'
import { numberCell, textCell } from './csv-rules.ts'
import { type StatementQuery, timeZoneOf } from './get-earnings.ts'
import { statementPage } from './statement.ts'

const LINES_AT_A_TIME = 1_000
const HEADER = 'at,kind,project,judgment,active_seconds,amount,currency,state'

/** A trainer's whole statement as CSV, newest first, a page of it at a time. */
export async function* writeStatementCsv(
  deps: Deps,
  trainerId: string,
  query: StatementQuery,
): AsyncGenerator<string> {
  const timeZone = await timeZoneOf(deps, trainerId)
  let head = `${HEADER}\r\n`
  let after: string | undefined
  do {
    const { lines, nextCursor } = await statementPage(deps, trainerId, {
      ...query,
      timeZone,
      after,
      limit: LINES_AT_A_TIME,
    })
    yield head + lines.map(csvLine).join('')
    head = ''
    after = nextCursor ?? undefined
  } while (after)
}

function csvLine(line: StatementLine): string {
  const cells = [
    textCell(line.at),
    textCell(line.kind),
    textCell(line.projectName ?? ''),
    textCell(line.judgmentId ?? ''),
    line.activeMs === null ? '' : numberCell(line.activeMs / 1000),
    numberCell(line.amount.amount),
    textCell(line.amount.currency),
    textCell(line.state),
  ]
  return `${cells.join(',')}\r\n`
}
