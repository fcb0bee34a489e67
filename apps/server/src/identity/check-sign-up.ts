import type { Deps } from '../platform/index.ts'
import { openInvitation } from './invitation-queries.ts'
import { setupPending } from './set-up-queries.ts'

/** Says in words why a person may not sign up here, or null when they may. */
export async function whySignUpIsClosed(
  { database }: Deps,
  who: { openSignUp: boolean; email: string; invitation: string | null },
): Promise<string | null> {
  return database.transaction('system', async (tx) => {
    if (await setupPending(tx))
      return 'This instance has no operator yet. Found it first, by the link that the server printed at its start.'
    if (who.openSignUp) return null
    const invitation = who.invitation ? await openInvitation(tx, who.invitation) : undefined
    if (!invitation) return 'Sign-up is by invitation only. Ask a member of your organization for one.'
    if (invitation.email !== who.email) return 'This invitation is for another mail address.'
    return null
  })
}
