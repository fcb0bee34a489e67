import type { Project } from '@groundwork/contract'
import { useState } from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { Part } from '../../../ui/Part.tsx'
import { FinishDialog } from '../FinishDialog.tsx'

export function Danger({ project }: { project: Project }) {
  const { t } = useTranslation('projects')
  const [open, setOpen] = useState(false)
  return (
    <Part title={t('finish.title')} about={t('finish.about')}>
      <p className="muted">{t('finish.what')}</p>
      <div>
        <Button look="danger" onClick={() => setOpen(true)}>
          {t('acts.finish')}
        </Button>
      </div>
      {open && <FinishDialog project={project} onClose={() => setOpen(false)} />}
    </Part>
  )
}
