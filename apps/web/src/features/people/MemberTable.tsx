import type { Member } from '@groundwork/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { errorText } from '../../api/error-text.ts'
import { meQuery, useHasRole, useMe } from '../../api/session.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { Table, Time } from '../../ui/bits.tsx'
import { ConfirmDialog } from '../../ui/Dialog.tsx'
import { Problem } from '../../ui/Problem.tsx'
import { showToast } from '../../ui/toast-store.ts'
import { membersQuery } from './queries.ts'
import { RoleSelect } from './RoleSelect.tsx'
import { useChangeRole } from './use-change-role.ts'

export function MemberTable({ organizationId, members }: { organizationId: string; members: Member[] }) {
  const { t } = useTranslation(['people', 'common'])
  const queries = useQueryClient()
  const ownId = useMe().user.id
  const owner = useHasRole('owner', organizationId)
  const { change, stepDown, busy } = useChangeRole(organizationId)
  const [removing, setRemoving] = useState<Member | null>(null)
  const remove = useMutation({
    mutationFn: (member: Member) =>
      client.removeMember({ params: { id: organizationId, userId: member.userId } }),
    onSuccess: async (_, member) => {
      await queries.invalidateQueries({ queryKey: membersQuery(organizationId).queryKey })
      showToast({ text: t('members.removed', { name: member.name }) })
      setRemoving(null)
    },
  })
  return (
    <>
      <Table caption={t('members.title')} className="two-line members-table">
        <thead>
          <tr>
            <th scope="col">{t('members.name')}</th>
            <th scope="col">{t('members.role')}</th>
            <th scope="col" className="num">
              {t('members.joined')}
            </th>
            {owner && (
              <th scope="col">
                <span className="sr">{t('members.act')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <tr key={member.userId}>
              <td>
                <span className="strong">{member.name}</span>
                {member.userId === ownId && <span className="faint"> {t('members.you')}</span>}
                <span className="sub">{member.email}</span>
              </td>
              <td>
                {owner ? (
                  <RoleSelect
                    label={t('members.roleOf', { name: member.name })}
                    value={member.role}
                    disabled={busy}
                    onChange={(role) => change(member, role, member.userId === ownId)}
                  />
                ) : (
                  t(`common:roles.${member.role}`)
                )}
              </td>
              <td className="num muted" data-label={t('members.joined')}>
                <Time at={member.joinedAt} />
              </td>
              {owner && (
                <td className="num">
                  {member.userId !== ownId && (
                    <Button
                      size="s"
                      aria-label={t('members.removeNamed', { name: member.name })}
                      onClick={() => {
                        remove.reset()
                        setRemoving(member)
                      }}
                    >
                      {t('members.remove')}
                    </Button>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </Table>
      {removing && (
        <ConfirmDialog
          open
          onClose={() => setRemoving(null)}
          title={t('members.removeTitle', { name: removing.name })}
          act={t('members.removeAct')}
          busy={remove.isPending}
          onConfirm={() => remove.mutate(removing)}
        >
          <p>{t('members.removeBody')}</p>
          <Problem>{remove.error && errorText(remove.error)}</Problem>
        </ConfirmDialog>
      )}
      {stepDown && (
        <ConfirmDialog
          open
          onClose={stepDown.cancel}
          title={t('members.stepDownTitle', { role: t(`common:roles.${stepDown.role}`) })}
          act={t('members.stepDownAct')}
          busy={busy}
          onConfirm={async () => {
            await stepDown.confirm()
            await queries.invalidateQueries({ queryKey: meQuery.queryKey })
          }}
        >
          <p>{t('members.stepDownBody')}</p>
        </ConfirmDialog>
      )}
    </>
  )
}
