import type { JudgmentFlagKind, Project, TaskDetail } from '@groundwork/contract'
import { Flag } from 'lucide-react'
import { useId, useState } from 'react'
import { client } from '../../../api/client.ts'
import { useForm } from '../../../api/use-form.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { TextareaField } from '../../../ui/Field.tsx'
import { Problem } from '../../../ui/Problem.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { flagKinds, LEAST_REASON, refreshAfterFlag } from './judgment-flags.ts'
import './judgments.css'

type Props = { judgment: TaskDetail['judgments'][number]; project: Project }

/** The button by which a reviewer questions a judgment. */
export function FlagJudgment({ judgment, project }: Props) {
  const { t } = useTranslation('judgments')
  const [open, setOpen] = useState(false)
  const { name } = judgment.trainer
  return (
    <>
      <Button size="s" look="quiet" aria-label={t('flagOf', { name })} onClick={() => setOpen(true)}>
        <Flag className="icon" />
        {t('flag')}
      </Button>
      {open && <FlagDialog judgment={judgment} project={project} onClose={() => setOpen(false)} />}
    </>
  )
}

function FlagDialog({ judgment, project, onClose }: Props & { onClose: () => void }) {
  const { t } = useTranslation(['judgments', 'common'])
  const formId = useId()
  const form = useForm({
    send: (value) =>
      client.flagJudgment({
        params: { id: judgment.id },
        body: { kind: value('kind') as JudgmentFlagKind, note: value('note').trim() },
      }),
    done: async () => {
      await refreshAfterFlag(project)
      showToast({ text: t('raise.done') })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('raise.title', { name: judgment.trainer.name })}
      foot={
        <>
          <Button onClick={onClose}>{t('common:actions.cancel')}</Button>
          <Button type="submit" form={formId} look="primary" busy={form.busy}>
            {t('raise.send')}
          </Button>
        </>
      }
    >
      <form id={formId} className="form" {...form.props}>
        <p>{t('raise.about')}</p>
        <fieldset className="flag-choices">
          <legend className="label">{t('raise.kind')}</legend>
          {flagKinds.map((kind, index) => (
            <label className="check" key={kind}>
              <input type="radio" name="kind" value={kind} defaultChecked={index === 0} />
              {t(`kinds.${kind}`)}
            </label>
          ))}
        </fieldset>
        <TextareaField
          label={t('raise.note')}
          hint={t('raise.noteHint')}
          name="note"
          required
          rows={3}
          minLength={LEAST_REASON}
          maxLength={2_000}
          error={form.errors.note}
        />
        <Problem>{form.problem}</Problem>
      </form>
    </Dialog>
  )
}
