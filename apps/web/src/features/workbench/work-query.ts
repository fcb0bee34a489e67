import { queryOptions } from '@tanstack/react-query'
import { client } from '../../api/client.ts'

/** The trainer's projects: for the true wage here, and for other work when there is none here. */
export const workQuery = queryOptions({
  queryKey: ['work'],
  queryFn: ({ signal }) => client.listWork({ signal }),
  staleTime: 60_000,
})
