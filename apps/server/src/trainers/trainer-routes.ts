import { api, type TrainerProfile } from '@groundwork/contract'
import type { FastifyInstance } from 'fastify'
import { accountRow, membershipsOf, renameAccount, requireWholeAccount } from '../identity/index.ts'
import { type Caller, type Deps, invalidInput, recordAudit, route } from '../platform/index.ts'
import { matchAudience } from './match-audience.ts'
import { getTrainerProfile, saveTrainerProfile } from './profile-queries.ts'

/** Calls about trainers and about the own account, which shows the trainer's profile. */
export function trainerRoutes(app: FastifyInstance, deps: Deps): void {
  const { database } = deps

  route(app, api.getMe, 'signed_in', ({ caller }) => presentMe(deps, caller))

  route(app, api.updateMe, 'signed_in', async ({ caller, body }) => {
    requireWholeAccount(caller)
    await database.transaction({ person: caller.userId }, async (tx) => {
      await renameAccount(tx, caller.userId, body.name)
      await recordAudit(tx, {
        organizationId: null,
        actorId: caller.userId,
        action: 'account.renamed',
        subject: { kind: 'user', id: caller.userId },
        details: { name: body.name },
      })
    })
    return presentMe(deps, caller)
  })

  route(app, api.saveTrainerProfile, 'signed_in', async ({ caller, body }) => {
    requireWholeAccount(caller)
    refuseTwice(body)
    return database.transaction({ person: caller.userId }, async (tx) => {
      await saveTrainerProfile(tx, caller.userId, body)
      return (await getTrainerProfile(tx, caller.userId)) ?? body
    })
  })

  route(app, api.matchAudience, 'signed_in', ({ body }) => matchAudience(deps, body))
}

async function presentMe({ database }: Deps, caller: Caller) {
  return database.transaction({ person: caller.userId }, async (tx) => {
    const user = await accountRow(tx, caller.userId)
    const memberships = await membershipsOf(tx, caller.userId)
    return {
      user: {
        id: user.id,
        name: user.name,
        email: user.email,
        operator: caller.operator,
        twoFactorEnabled: user.two_factor_enabled,
      },
      trainer: caller.organizationId ? null : await getTrainerProfile(tx, caller.userId),
      memberships: memberships
        .filter((each) => !caller.organizationId || each.id === caller.organizationId)
        .map(({ id, name, role }) => ({ organization: { id, name }, role })),
      via: caller.via,
    }
  })
}

function refuseTwice({ languages, expertise }: TrainerProfile): void {
  const codes = languages.map((each) => each.code.toLowerCase())
  const domains = expertise.map((each) => each.domain)
  const issues = [
    ...codes.flatMap((code, index) =>
      codes.indexOf(code) < index
        ? [{ path: `languages.${index}.code`, code: 'twice', message: 'This language is in the list twice.' }]
        : [],
    ),
    ...domains.flatMap((domain, index) =>
      domains.indexOf(domain) < index
        ? [{ path: `expertise.${index}.domain`, code: 'twice', message: 'This domain is in the list twice.' }]
        : [],
    ),
  ]
  if (issues.length > 0) throw invalidInput(issues)
}
