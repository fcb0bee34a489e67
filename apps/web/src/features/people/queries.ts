import { queryOptions } from '@tanstack/react-query'
import { client } from '../../api/client.ts'

export const membersQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['organizations', organizationId, 'members'],
    queryFn: ({ signal }) => client.listMembers({ params: { id: organizationId }, signal }),
  })

export const invitationsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['organizations', organizationId, 'invitations'],
    queryFn: ({ signal }) => client.listInvitations({ params: { id: organizationId }, signal }),
  })
