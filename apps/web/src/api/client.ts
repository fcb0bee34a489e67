import { createClient } from '@groundwork/client'

/** The API of the server that gave out this page, with the session cookie of the browser. */
export const client = createClient()
