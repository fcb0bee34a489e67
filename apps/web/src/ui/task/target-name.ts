import type { AnswerTask } from '@groundwork/contract'
import { useTranslation } from '../../i18n/react.ts'
import { letter } from './message-text.ts'

/** Names responses and messages as the screen does: "Response A", "Turn 3 (User)", "Response B, message 2 (Assistant)". */
export function useTargetName(task: AnswerTask): (target: string) => string {
  const { t } = useTranslation()
  const response = (id: string) => {
    const at = task.candidates.findIndex((candidate) => candidate.id === id)
    return at < 0 ? id : t('task.response', { name: letter(at) })
  }
  return (target) => {
    if (task.candidates.some(({ id }) => id === target)) return response(target)
    const cut = target.lastIndexOf(':')
    const [owner, index] = [target.slice(0, cut), Number(target.slice(cut + 1))]
    const candidate = task.candidates.find(({ id }) => id === owner)
    const message = (candidate?.messages ?? task.context)[index]
    const role = message ? t(`task.roles.${message.role}`) : ''
    if (!candidate) return t('task.turn', { number: index + 1, role })
    return candidate.messages.length === 1
      ? response(owner)
      : t('task.message', { response: response(owner), number: index + 1, role })
  }
}
