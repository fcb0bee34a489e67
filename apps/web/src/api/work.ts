import { queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'

/** The trainer's projects, with the reason where there is no work; home and workbench share it. */
export const workQuery = queryOptions({
  queryKey: ['work'],
  queryFn: ({ signal }) => client.listWork({ signal }),
  staleTime: 30_000,
})

/** Balances, the last seven days and the newest lines of the statement. */
export const earningsQuery = queryOptions({
  queryKey: ['earnings'],
  queryFn: ({ signal }) => client.getEarnings({ signal }),
  staleTime: 30_000,
})
