import type { Assignment } from '@groundwork/contract'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/Dialog.tsx'
import { Markdown } from '../../ui/markdown/Markdown.tsx'

export function GuidelinePanel({
  guideline,
  onClose,
}: {
  guideline: Assignment['guideline']
  onClose: () => void
}) {
  const { t } = useTranslation('workbench')
  return (
    <Dialog open onClose={onClose} shape="panel" title={t('guideline.title', { version: guideline.version })}>
      <Markdown text={guideline.markdown} />
    </Dialog>
  )
}
