import type { Client } from '@groundwork/client'
import type { Assignment, NextAssignment } from '@groundwork/contract'

/** Most assignments that the server lets one trainer hold. */
const MAX_HELD = 2

/** Where tasks come from: the server, and those that are at hand already, fetched ahead or put aside for one that came back. */
export class TaskSupply {
  readonly #client: Client
  readonly #projectId: string
  #ahead: Assignment[] = []
  #fetching = false
  /** What came to the screen since the fetch began: the answer may bring the same task, which can be submitted by then. */
  readonly #shownMeanwhile = new Set<string>()

  constructor(client: Client, projectId: string) {
    this.#client = client
    this.#projectId = projectId
  }

  /** @param except assignments whose answers are on their way: the server would hand them back */
  next(except: string[]): Promise<NextAssignment> {
    return this.#client.nextAssignment({
      body: { projectId: this.#projectId, except: except.slice(0, MAX_HELD) },
    })
  }

  takeAhead(): Assignment | undefined {
    return this.#ahead.shift()
  }

  /** The draft stays in this browser and is found again when the task comes back to the screen. */
  putAside(assignment: Assignment): void {
    this.#ahead.unshift({ ...assignment, draft: null })
  }

  /** It is on the screen now, or gone. */
  forget(assignmentId: string): void {
    this.#shownMeanwhile.add(assignmentId)
    this.#ahead = this.#ahead.filter((each) => each.id !== assignmentId)
  }

  /** What is held, the task on the screen first. */
  heldIds(current: string | undefined): string[] {
    return [...(current ? [current] : []), ...this.#ahead.map((each) => each.id)].slice(0, MAX_HELD)
  }

  /**
   * Fetches one task ahead; a failure is no matter, it is then asked for when it is wanted. Paid time does not begin.
   * @returns what was fetched: another task, or the one on the screen itself under a new epoch, when its lease had just run out
   */
  async fetchAhead(current: Assignment): Promise<Assignment | null> {
    if (this.#fetching || this.#ahead.length > 0) return null
    this.#fetching = true
    this.#shownMeanwhile.clear()
    try {
      const { assignment } = await this.next([current.id])
      if (!assignment || this.#shownMeanwhile.has(assignment.id)) return null
      if (assignment.id === current.id) return assignment.epoch > current.epoch ? assignment : null
      this.forget(assignment.id)
      this.#ahead.push(assignment)
      return assignment
    } catch {
      return null
    } finally {
      this.#fetching = false
    }
  }
}
