import { ApiError } from '@groundwork/client'

/** Whether a call failed because what it is about does not exist, or may not be seen; an address that no id can be in is the same to a person. */
export const isMissing = (error: unknown): boolean =>
  error instanceof ApiError &&
  (error.status === 404 ||
    (error.code === 'invalid_input' && error.issues.some(({ path }) => /(^|\.)(id|\w+Id)$/.test(path))))
