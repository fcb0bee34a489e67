import { api, MAX_PREFERENCES } from '@groundwork/contract'
import type { FastifyInstance } from 'fastify'
import { AppError, type Deps, route } from '../platform/index.ts'
import { dropPreference, newerPreference, preferencesOf, putPreference } from './preference-queries.ts'

/** A person's settings of the interface, the same on every device. The server keeps them and looks at none. */
export function preferenceRoutes(app: FastifyInstance, { database }: Deps): void {
  route(app, api.getPreferences, 'signed_in', async ({ caller }) => {
    const rows = await database.transaction({ person: caller.userId }, (tx) =>
      preferencesOf(tx, caller.userId),
    )
    return {
      preferences: Object.fromEntries(
        rows.map(({ key, value, savedAt }) => [key, { value, savedAt: savedAt.toISOString() }]),
      ),
    }
  })

  route(app, api.savePreference, 'signed_in', async ({ caller, params, body }) => {
    const { userId } = caller
    const { value, basedOn } = body
    const savedAt = await database.transaction({ person: userId }, async (tx) => {
      const stored =
        basedOn === undefined
          ? undefined
          : await newerPreference(tx, userId, { key: params.key, value, basedOn })
      if (stored) {
        throw new AppError('conflict', 'Another device has saved a newer value.', {
          stored: { value: stored.value, savedAt: stored.savedAt.toISOString() },
        })
      }
      return value === null
        ? dropPreference(tx, userId, params.key)
        : putPreference(tx, userId, { key: params.key, value }, MAX_PREFERENCES)
    })
    if (!savedAt) {
      throw new AppError(
        'conflict',
        `You have ${MAX_PREFERENCES} settings already. Forget one by saving null.`,
      )
    }
    return { savedAt: savedAt.toISOString() }
  })
}
