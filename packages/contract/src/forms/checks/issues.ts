import type { Issue } from '../../errors.ts'
import type { AnswerTask } from './task-parts.ts'

/**
 * Says what is wrong with a value whose shape is right; nothing when it is fine. Paths stand below `path`.
 * @param task what the answer is about; without it, what depends on the task is not checked
 */
export type Check<Q, V> = (question: Q, value: V, path: string, task?: AnswerTask) => Issue[]

export const issue = (path: string, code: string, message: string): Issue => ({ path, code, message })

/** The issues of the items of a list, each with its own path. */
export const ofEach = <T>(
  list: readonly T[],
  path: string,
  check: (item: T, path: string) => Issue[],
): Issue[] => list.flatMap((item, index) => check(item, `${path}.${index}`))
