import type { JudgmentFlag, Project } from '@groundwork/contract'
import { useId, useState } from 'react'
import { client } from '../../../api/client.ts'
import { useMe } from '../../../api/session.ts'
import { useForm } from '../../../api/use-form.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { TextareaField } from '../../../ui/Field.tsx'
import { Problem } from '../../../ui/Problem.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { LEAST_REASON, refreshAfterFlag } from './judgment-flags.ts'
import './judgments.css'

type Props = { flag: JudgmentFlag; author: { id: string; name: string }; project: Project }
type Action = 'keep' | 'exclude' | 'withdraw'

/** The button by which a reviewer ends a flag: the judgment counts again, or is left out for good; or its own flag is withdrawn. */
export function DecideFlag(props: Props) {
  const { t } = useTranslation('judgments')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        size="s"
        aria-label={t('decide.actOf', { name: props.author.name })}
        onClick={() => setOpen(true)}
      >
        {t('decide.act')}
      </Button>
      {open && <DecideDialog {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

function DecideDialog({ flag, author, project, onClose }: Props & { onClose: () => void }) {
  const { t } = useTranslation(['judgments', 'common'])
  const formId = useId()
  const { user } = useMe()
  const actions = (['keep', 'exclude', 'withdraw'] as const).filter(
    (each) =>
      (each !== 'withdraw' || flag.flaggedBy.id === user.id) && (each !== 'keep' || author.id !== user.id),
  )
  const [action, setAction] = useState<Action>(actions[0] ?? 'exclude')
  const form = useForm({
    send: (value) =>
      client.resolveJudgmentFlag({ params: { id: flag.id }, body: { action, note: value('note').trim() } }),
    done: async () => {
      await refreshAfterFlag(project)
      showToast({ text: t(`decide.done.${action}`) })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('decide.title', { name: author.name })}
      foot={
        <>
          <Button onClick={onClose}>{t('common:actions.cancel')}</Button>
          <Button
            type="submit"
            form={formId}
            look={action === 'exclude' ? 'danger' : 'primary'}
            busy={form.busy}
          >
            {t(`decide.send.${action}`)}
          </Button>
        </>
      }
    >
      <form id={formId} className="form" {...form.props}>
        <blockquote className="flag-note quoted" dir="auto">
          {flag.note}
        </blockquote>
        <fieldset className="flag-choices">
          <legend className="label">{t('decide.what')}</legend>
          {actions.map((each) => (
            <label className="check" key={each}>
              <input
                type="radio"
                name="action"
                value={each}
                checked={action === each}
                onChange={() => setAction(each)}
              />
              <span>
                {t(`decide.${each}`)}
                <span className="sub">{t(`decide.${each}Hint`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <TextareaField
          label={t('decide.note')}
          hint={action === 'withdraw' ? undefined : t('decide.noteHint')}
          name="note"
          optional={action === 'withdraw'}
          required={action !== 'withdraw'}
          rows={3}
          minLength={action === 'withdraw' ? undefined : LEAST_REASON}
          maxLength={2_000}
          error={form.errors.note}
        />
        <Problem>{form.problem}</Problem>
      </form>
    </Dialog>
  )
}
