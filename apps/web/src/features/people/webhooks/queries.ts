import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { client } from '../../../api/client.ts'

export const webhooksQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['organizations', organizationId, 'webhooks'],
    queryFn: ({ signal }) => client.listWebhooks({ params: { id: organizationId }, signal }),
  })

const LOOK_AGAIN_MS = 2_000

/** What was sent to an endpoint; looked at again as long as something is on its way. */
export const deliveriesQuery = (webhookId: string) =>
  infiniteQueryOptions({
    queryKey: ['webhooks', webhookId, 'deliveries'],
    queryFn: ({ pageParam, signal }) =>
      client.listWebhookDeliveries({
        params: { id: webhookId },
        query: { limit: 20, ...(pageParam && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.items.some((each) => each.state === 'waiting'))
        ? LOOK_AGAIN_MS
        : false,
  })
