import { AppError, type Caller, type Deps, notFound } from '../platform/index.ts'
import { countOperators, type OperatorUserRow, updateOperator, userRow } from './operator-queries.ts'
import { lockInstance } from './set-up-queries.ts'

/** Gives or takes the operator role. @throws AppError `conflict` when it would be taken from the last operator */
export async function setOperator(
  { database }: Deps,
  caller: Caller,
  change: { userId: string; operator: boolean },
): Promise<OperatorUserRow> {
  return database.transaction('system', async (tx) => {
    await lockInstance(tx)
    // Asked again under the lock: another operator may have taken the caller's role since.
    if (!(await userRow(tx, caller.userId))?.operator)
      throw new AppError('wrong_role', 'Only operators of this instance may do that.')
    const user = await userRow(tx, change.userId)
    if (!user) throw notFound('person')
    if (user.operator === change.operator) return user
    if (!change.operator && (await countOperators(tx)) < 2)
      throw new AppError(
        'conflict',
        'The instance keeps at least one operator. Make somebody else one first.',
      )
    await updateOperator(tx, { ...change, actorId: caller.userId })
    return { ...user, operator: change.operator }
  })
}
