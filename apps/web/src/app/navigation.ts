import type { Me } from '@groundwork/contract'
import {
  Building2,
  FolderKanban,
  LayoutTemplate,
  ListChecks,
  type LucideIcon,
  Server,
  Wallet,
} from 'lucide-react'

export type Destination = {
  to: '/home' | '/earnings' | '/projects' | '/templates' | '/organization' | '/operator'
  label: 'nav.work' | 'nav.earnings' | 'nav.projects' | 'nav.templates' | 'nav.organization' | 'nav.operator'
  icon: LucideIcon
}

/** Where this person can go, by what the person is. People who are nothing yet start at the work page, which says how to begin. */
export function destinations(me: Me): {
  trainer: Destination[]
  team: Destination[]
  operator: Destination[]
} {
  const nothingYet = !me.trainer && me.memberships.length === 0 && !me.user.operator
  return {
    trainer:
      me.trainer || nothingYet
        ? [
            { to: '/home', label: 'nav.work', icon: ListChecks },
            ...(me.trainer ? [{ to: '/earnings', label: 'nav.earnings', icon: Wallet } as const] : []),
          ]
        : [],
    team:
      me.memberships.length > 0
        ? [
            { to: '/projects', label: 'nav.projects', icon: FolderKanban },
            { to: '/templates', label: 'nav.templates', icon: LayoutTemplate },
            { to: '/organization', label: 'nav.organization', icon: Building2 },
          ]
        : [],
    operator: me.user.operator ? [{ to: '/operator', label: 'nav.operator', icon: Server }] : [],
  }
}
