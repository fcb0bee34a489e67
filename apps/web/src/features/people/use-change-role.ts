import type { Member, OrganizationRole } from '@groundwork/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { errorText } from '../../api/error-text.ts'
import { useTranslation } from '../../i18n/react.ts'
import { showToast } from '../../ui/toast-store.ts'
import { membersQuery } from './queries.ts'

type Change = { member: Member; role: OrganizationRole }

/** Changes roles with an undo; giving up the own ownership, which others must give back, asks first. */
export function useChangeRole(organizationId: string) {
  const { t } = useTranslation(['people', 'common'])
  const queries = useQueryClient()
  const [asked, setAsked] = useState<Change | null>(null)
  const { queryKey } = membersQuery(organizationId)
  const mutation = useMutation({
    mutationFn: ({ member, role }: Change) =>
      client.updateMember({ params: { id: organizationId, userId: member.userId }, body: { role } }),
    onSuccess: (now) =>
      queries.setQueryData(queryKey, (old) =>
        old ? { items: old.items.map((each) => (each.userId === now.userId ? now : each)) } : old,
      ),
    onError: (error) => {
      showToast({ text: errorText(error), bad: true })
      return queries.invalidateQueries({ queryKey })
    },
  })
  const say = ({ member, role }: Change, undo: boolean) =>
    showToast({
      text: t('members.changed', { name: member.name, role: t(`common:roles.${role}`) }),
      ...(undo && {
        act: {
          label: t('common:actions.undo'),
          run: () => mutation.mutate({ member, role: member.role }),
        },
      }),
    })
  return {
    busy: mutation.isPending,
    change(member: Member, role: OrganizationRole, own: boolean) {
      if (own) setAsked({ member, role })
      else mutation.mutate({ member, role }, { onSuccess: () => say({ member, role }, true) })
    },
    stepDown: asked && {
      role: asked.role,
      cancel: () => setAsked(null),
      confirm: async () => {
        setAsked(null)
        await mutation.mutateAsync(asked).then(
          () => say(asked, false),
          () => {},
        )
      },
    },
  }
}
