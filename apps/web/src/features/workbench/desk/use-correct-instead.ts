import type { Answer, Assignment } from '@groundwork/contract'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { errorText } from '../../../api/error-text.ts'
import { useMe } from '../../../api/session.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { showToast } from '../../../ui/toast-store.ts'

/** The answer that was submitted elsewhere may be corrected to another one. */
export function useCorrectInstead(assignment: Assignment): {
  correct: (answer: Answer) => void
  busy: boolean
} {
  const { t } = useTranslation('notices')
  const { user } = useMe()
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const go = async (answer: Answer) => {
    const { projectId, task } = assignment
    setBusy(true)
    try {
      const { correctInstead } = await import('./correct-instead.ts')
      const judgmentId = await correctInstead(user.id, { projectId, taskId: task.id, answer })
      if (judgmentId)
        await navigate({ to: '/judge/$projectId/correct/$judgmentId', params: { projectId, judgmentId } })
      else showToast({ bad: true, text: t('lost.notCorrectable') })
    } catch (error) {
      showToast({ bad: true, text: errorText(error) })
    } finally {
      setBusy(false)
    }
  }
  return { correct: (answer) => void go(answer), busy }
}
