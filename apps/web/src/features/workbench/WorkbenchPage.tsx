import { Link, useParams } from '@tanstack/react-router'
import { useMe } from '../../api/session.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Empty } from '../../ui/bits.tsx'
import { Workbench } from './Workbench.tsx'
import './workbench.css'

export function WorkbenchPage() {
  const { t } = useTranslation('workbench')
  const { projectId } = useParams({ from: '/judge/$projectId' })
  const me = useMe()
  if (me.trainer) return <Workbench key={projectId} projectId={projectId} userId={me.user.id} />
  return (
    <main className="page">
      <Empty
        level={1}
        title={t('needsProfile.title')}
        act={
          <Link className="btn primary" to="/account">
            {t('needsProfile.act')}
          </Link>
        }
      >
        {t('needsProfile.body')}
      </Empty>
    </main>
  )
}
