import type { Project } from '@groundwork/contract'
import { useState } from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { Part } from '../../../ui/Part.tsx'
import { DeleteDialog } from '../DeleteDialog.tsx'
import { FinishDialog } from '../FinishDialog.tsx'

/** The end of a project: a draft is deleted, what was launched is finished. */
export function Danger({ project }: { project: Project }) {
  const { t } = useTranslation('projects')
  const [open, setOpen] = useState(false)
  const draft = project.state === 'draft'
  const Confirm = draft ? DeleteDialog : FinishDialog
  return (
    <Part
      title={t(draft ? 'delete.title' : 'finish.title')}
      about={t(draft ? 'delete.about' : 'finish.about')}
    >
      <p className="muted">{t(draft ? 'delete.what' : 'finish.what')}</p>
      <div>
        <Button look="danger" onClick={() => setOpen(true)}>
          {t(draft ? 'delete.act' : 'acts.finish')}
        </Button>
      </div>
      {open && <Confirm project={project} onClose={() => setOpen(false)} />}
    </Part>
  )
}
