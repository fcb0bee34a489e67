import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { errorText } from '../../api/error-text.ts'
import { meQuery, useMe } from '../../api/session.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/Dialog.tsx'
import { Problem } from '../../ui/Problem.tsx'
import { showToast } from '../../ui/toast-store.ts'

export function LeaveOrganization({ organization }: { organization: { id: string; name: string } }) {
  const { t } = useTranslation('people')
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { user } = useMe()
  const [asking, setAsking] = useState(false)
  const leave = useMutation({
    mutationFn: () => client.removeMember({ params: { id: organization.id, userId: user.id } }),
    onSuccess: async () => {
      await navigate({ to: '/account' })
      await queries.invalidateQueries({ queryKey: meQuery.queryKey })
      queries.removeQueries({ queryKey: ['organizations', organization.id] })
      showToast({ text: t('leave.done', { name: organization.name }) })
    },
  })
  return (
    <section className="section" aria-labelledby="leave">
      <div className="section-head">
        <h2 id="leave">{t('leave.title')}</h2>
        <p>{t('leave.about')}</p>
      </div>
      <Button
        onClick={() => {
          leave.reset()
          setAsking(true)
        }}
      >
        {t('leave.act', { name: organization.name })}
      </Button>
      {asking && (
        <ConfirmDialog
          open
          onClose={() => setAsking(false)}
          title={t('leave.confirm', { name: organization.name })}
          act={t('leave.confirmAct')}
          busy={leave.isPending}
          onConfirm={() => leave.mutate()}
        >
          <p>{t('leave.body')}</p>
          <Problem>{leave.error && errorText(leave.error)}</Problem>
        </ConfirmDialog>
      )}
    </section>
  )
}
