import { sql, type Tx } from '../platform/index.ts'

/** Makes a young skip a lease that ran out, which can be leased again. False: it is too old, or no skip. */
export async function reopenSkipped(tx: Tx, id: string, seconds: number): Promise<boolean> {
  const { rows } = await sql`
    update assignments set state = 'expired', close_reason = 'skip_cleared'
    where id = ${id} and state = 'skipped' and closed_at > now() - make_interval(secs => ${seconds})
    returning id`.execute(tx)
  return rows.length === 1
}

/** Lets a trainer be offered again what was skipped in a project and still has an open slot; the order of the candidates stays. @returns how many */
export async function clearSkips(tx: Tx, trainerId: string, projectId: string): Promise<number> {
  const { rows } = await sql`
    update assignments a set state = 'expired', close_reason = 'skip_cleared'
    where a.trainer_id = ${trainerId} and a.project_id = ${projectId} and a.state = 'skipped'
      and exists (select from slots s where s.task_id = a.task_id and s.state = 0)
    returning a.id`.execute(tx)
  return rows.length
}
