import { createHash } from 'node:crypto'

/** The same person has the same name within a project and another one in every other project. */
export function pseudonym(projectId: string, trainerId: string): { id: string; name: string } {
  const id = createHash('sha256').update(`${projectId}\u0000${trainerId}`).digest('hex').slice(0, 16)
  return { id, name: `trainer-${id.slice(0, 6)}` }
}
