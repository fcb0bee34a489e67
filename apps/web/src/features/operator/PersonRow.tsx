import type { operatorUser } from '@groundwork/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { errorText } from '../../api/error-text.ts'
import { meQuery, useMe } from '../../api/session.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { Time } from '../../ui/bits.tsx'
import { ConfirmDialog } from '../../ui/Dialog.tsx'
import { Problem } from '../../ui/Problem.tsx'
import { showToast } from '../../ui/toast-store.ts'

type Person = ReturnType<(typeof operatorUser)['parse']>

export function PersonRow({ person }: { person: Person }) {
  const { t } = useTranslation('operator')
  const own = useMe().user.id === person.id
  const [asking, setAsking] = useState(false)
  const does = [
    person.operator && t('people.operator'),
    person.trainer && t('people.trainer'),
    ...person.organizations.map((name) => t('people.memberOf', { name })),
  ].filter(Boolean)
  return (
    <tr>
      <td>
        <span className="strong">{person.name}</span>
        {own && <span className="faint"> {t('people.you')}</span>}
        <span className="sub">{person.email}</span>
      </td>
      <td className="muted">{does.length > 0 ? does.join(', ') : t('people.nothing')}</td>
      <td className="num muted" data-label={t('people.since')}>
        <Time at={person.createdAt} />
      </td>
      <td className="num">
        <Button
          size="s"
          aria-label={t(person.operator ? 'people.takeNamed' : 'people.giveNamed', { name: person.name })}
          onClick={() => setAsking(true)}
        >
          {t(person.operator ? 'people.take' : 'people.give')}
        </Button>
        {asking && <OperatorDialog person={person} own={own} onClose={() => setAsking(false)} />}
      </td>
    </tr>
  )
}

function OperatorDialog({ person, own, onClose }: { person: Person; own: boolean; onClose: () => void }) {
  const { t } = useTranslation('operator')
  const queries = useQueryClient()
  const { name } = person
  const change = useMutation({
    mutationFn: () => client.setOperator({ params: { id: person.id }, body: { operator: !person.operator } }),
    onSuccess: async () => {
      onClose()
      showToast({ text: t(person.operator ? 'people.taken' : 'people.given', { name }) })
      if (own) await queries.invalidateQueries({ queryKey: meQuery.queryKey })
      else await queries.invalidateQueries({ queryKey: ['operator', 'users'] })
    },
  })
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t(person.operator ? 'people.takeTitle' : 'people.giveTitle', { name })}
      act={t(person.operator ? 'people.takeAct' : 'people.giveAct')}
      busy={change.isPending}
      onConfirm={() => change.mutate()}
    >
      <p>{t(person.operator ? (own ? 'people.takeOwnBody' : 'people.takeBody') : 'people.giveBody')}</p>
      <Problem>{change.error && errorText(change.error)}</Problem>
    </ConfirmDialog>
  )
}
