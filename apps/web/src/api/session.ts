import { ApiError } from '@groundwork/client'
import type { Me, Membership, OrganizationRole } from '@groundwork/contract'
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { createStoredValue, useStoredValue } from '../ui/stored-value.ts'
import { client } from './client.ts'
import { queryClient } from './query-client.ts'

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => client.getMe({ signal }),
  staleTime: 60_000,
})

/** Who is signed in. Only for pages behind the sign-in, where the answer is there before the page is shown. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data
}

/** Who is signed in, or null; for the router's guards. */
export async function findMe(): Promise<Me | null> {
  try {
    return await queryClient.ensureQueryData(meQuery)
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null
    throw error
  }
}

/** Ends the session at the server and forgets everything of it in this page. */
export async function signOut(): Promise<void> {
  await fetch('/api/auth/sign-out', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  queryClient.clear()
}

const chosenOrganization = createStoredValue<string>('groundwork.organization', '')

/** Makes an organization the one whose projects are shown. */
export const chooseOrganization = (id: string): void => chosenOrganization.set(id)

/** The organization whose projects are shown, the role in it, and how to change to another; null for people in none. */
export function useOrganization(): {
  current: Membership | null
  all: Membership[]
  choose: (id: string) => void
} {
  const { memberships } = useMe()
  const chosen = useStoredValue(chosenOrganization)
  const current = memberships.find((each) => each.organization.id === chosen) ?? memberships[0] ?? null
  return { current, all: memberships, choose: chooseOrganization }
}

const ranks: OrganizationRole[] = ['viewer', 'reviewer', 'manager', 'owner']

/** On the page of a project: what the sidebar shows is the project's organization, if the person is in it. */
export function useFollowOrganization(organizationId: string): void {
  useEffect(() => chooseOrganization(organizationId), [organizationId])
}

/** Whether the person holds this role or a higher one in the organization (default: the current one). */
export function useHasRole(role: OrganizationRole, organizationId?: string): boolean {
  const { current, all } = useOrganization()
  const membership = organizationId
    ? all.find((each) => each.organization.id === organizationId)
    : (current ?? undefined)
  return membership !== undefined && ranks.indexOf(membership.role) >= ranks.indexOf(role)
}

/** Where a person starts: work for trainers, projects for teams, the instance for operators. */
export function startPage(me: Me): '/home' | '/projects' | '/operator' {
  if (me.trainer) return '/home'
  if (me.memberships.length > 0) return '/projects'
  return me.user.operator ? '/operator' : '/home'
}
