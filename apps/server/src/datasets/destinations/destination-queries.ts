import type { Tx } from '../../platform/index.ts'

export type DestinationRow = NonNullable<Awaited<ReturnType<typeof destinationById>>>

export async function destinationById(tx: Tx, id: string) {
  return tx.selectFrom('export_destinations').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function destinationsOf(tx: Tx, organizationId: string): Promise<DestinationRow[]> {
  return tx
    .selectFrom('export_destinations')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('name')
    .limit(200)
    .execute()
}

/** @returns undefined when the organization has one of that name */
export async function insertDestination(
  tx: Tx,
  row: {
    id: string
    organizationId: string
    name: string
    place: object
    secret: Buffer | null
    createdBy: string
  },
): Promise<DestinationRow | undefined> {
  return tx
    .insertInto('export_destinations')
    .values({
      id: row.id,
      organization_id: row.organizationId,
      name: row.name,
      place: JSON.stringify(row.place),
      secret: row.secret,
      created_by: row.createdBy,
    })
    .onConflict((conflict) => conflict.columns(['organization_id', 'name']).doNothing())
    .returningAll()
    .executeTakeFirst()
}

export async function deleteDestination(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('export_destinations').where('id', '=', id).execute()
}
