import { ApiError, OfflineError } from '@groundwork/client'
import type { health } from '@groundwork/contract'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { client } from '../../api/client.ts'

export type Health = ReturnType<(typeof health)['parse']>

const often = { refetchInterval: 10_000 }

export const overviewQuery = queryOptions({
  queryKey: ['operator', 'overview'],
  queryFn: ({ signal }) => client.getOperatorOverview({ signal }),
  ...often,
})

export const healthQuery = queryOptions({
  queryKey: ['operator', 'health'],
  queryFn: async ({ signal }) => {
    const response = await fetch('/api/health', { signal }).catch((error: unknown) => {
      throw new OfflineError(error)
    })
    // A sick instance says what ails it with status 503.
    const body = (await response.json().catch(() => null)) as Health | null
    if (!body?.status) throw new ApiError(response.status, 'unavailable', `Status ${response.status}.`)
    return body
  },
  ...often,
})

export const usersQuery = (search: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['operator', 'users', { search }],
    queryFn: ({ pageParam, signal }) =>
      client.listOperatorUsers({
        query: { ...(search && { search }), ...(pageParam && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (previous) => previous,
  })

export const mailQuery = queryOptions({
  queryKey: ['operator', 'mail'],
  queryFn: ({ signal }) => client.listOperatorMail({ signal }),
  ...often,
})
