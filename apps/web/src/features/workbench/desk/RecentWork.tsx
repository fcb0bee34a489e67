import { Link } from '@tanstack/react-router'
import { useTranslation } from '../../../i18n/react.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { RecentList } from './RecentList.tsx'

/** What the trainer has judged in a project, over the task. */
export function RecentWork({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  const { t } = useTranslation('desk')
  return (
    <Dialog
      open
      onClose={onClose}
      shape="wide"
      title={t('recent.title')}
      foot={
        <Link className="btn" to="/recent-work">
          {t('recent.everywhere')}
        </Link>
      }
    >
      <p className="muted recent-intro">{t('recent.intro')}</p>
      <RecentList projectId={projectId} />
    </Dialog>
  )
}
