import type { Audience } from '@groundwork/contract'
import type { Tx } from '../platform/index.ts'
import { fitsAudience, getTrainerProfile } from '../trainers/index.ts'

/** Whether the trainer fits the audience of a project. The profile is read only when there are rules. */
export async function fitsTrainer(tx: Tx, trainerId: string, audience: Audience): Promise<boolean> {
  if (Object.keys(audience).length === 0) return true
  const profile = await getTrainerProfile(tx, trainerId)
  return profile !== null && fitsAudience(profile, audience)
}
