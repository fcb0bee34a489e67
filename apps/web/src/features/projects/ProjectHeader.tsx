import type { Project } from '@groundwork/contract'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Download, Ellipsis, Pause, Play } from 'lucide-react'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { errorText } from '../../api/error-text.ts'
import { useHasRole } from '../../api/session.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { useCommands } from '../../ui/palette/commands.ts'
import { showToast } from '../../ui/toast-store.ts'
import { DeleteDialog } from './DeleteDialog.tsx'
import { FinishDialog } from './FinishDialog.tsx'
import { FundDialog } from './FundDialog.tsx'
import { keepProject } from './queries.ts'
import { stateLook } from './status.ts'
import { useTemplateName } from './use-template-name.ts'

export function ProjectHeader({ project }: { project: Project }) {
  const { t } = useTranslation('projects')
  const template = useTemplateName(project.template)
  const mayManage = useHasRole('manager', project.organizationId)
  return (
    <div className="page-head project-head">
      <div>
        <p className="crumb">
          <Link to="/projects">{t('list.title')}</Link> / {template}
        </p>
        <div className="project-name">
          <h1>{project.name}</h1>
          <span className={stateLook[project.state]}>{t(`state.${project.state}`)}</span>
        </div>
      </div>
      <div className="end">{mayManage && <Acts project={project} />}</div>
    </div>
  )
}

function Acts({ project }: { project: Project }) {
  const { t } = useTranslation('projects')
  const [open, setOpen] = useState<'fund' | 'finish' | 'delete' | null>(null)
  const { id, state } = project
  const change = useMutation({
    mutationFn: (act: 'launch' | 'pause') =>
      act === 'pause' ? client.pauseProject({ params: { id } }) : client.launchProject({ params: { id } }),
    onSuccess: (changed, act) => {
      keepProject(changed)
      // A pause and its end are each other's undo.
      const other = act === 'pause' ? 'launch' : 'pause'
      showToast({
        text: t(act === 'pause' ? 'acts.paused' : 'acts.resumed'),
        act: { label: t('acts.undo'), run: () => change.mutate(other) },
      })
    },
    onError: (error) => showToast({ text: errorText(error), bad: true }),
  })
  useCommands([
    ...(state === 'live' ? [{ id: 'pause', label: t('acts.pause'), run: () => change.mutate('pause') }] : []),
    ...(state === 'paused'
      ? [{ id: 'resume', label: t('acts.resume'), run: () => change.mutate('launch') }]
      : []),
    ...(state === 'live' || state === 'paused'
      ? [{ id: 'fund', label: t('acts.fund'), keywords: 'money', run: () => setOpen('fund') }]
      : []),
  ])
  if (state === 'draft') {
    return (
      <>
        <Link to="/projects/new" search={{ project: id }} className="btn primary">
          {t('acts.continueSetUp')}
        </Link>
        <Menu
          align="end"
          trigger={
            <Button look="quiet" iconOnly aria-label={t('acts.more')}>
              <Ellipsis className="icon" />
            </Button>
          }
        >
          <MenuItem danger onSelect={() => setOpen('delete')}>
            {t('delete.act')}
          </MenuItem>
        </Menu>
        {open === 'delete' && <DeleteDialog project={project} onClose={() => setOpen(null)} />}
      </>
    )
  }
  return (
    <>
      {state === 'live' && (
        <Button busy={change.isPending} onClick={() => change.mutate('pause')}>
          <Pause className="icon" />
          {t('acts.pause')}
        </Button>
      )}
      {state === 'paused' && (
        <Button look="primary" busy={change.isPending} onClick={() => change.mutate('launch')}>
          <Play className="icon" />
          {t('acts.resume')}
        </Button>
      )}
      <Link to="/projects/$projectId/exports" params={{ projectId: id }} className="btn">
        <Download className="icon" />
        {t('acts.export')}
      </Link>
      {state !== 'finished' && (
        <>
          <Button look={state === 'live' ? 'primary' : undefined} onClick={() => setOpen('fund')}>
            {t('acts.fund')}
          </Button>
          <Menu
            align="end"
            trigger={
              <Button look="quiet" iconOnly aria-label={t('acts.more')}>
                <Ellipsis className="icon" />
              </Button>
            }
          >
            <MenuItem danger onSelect={() => setOpen('finish')}>
              {t('acts.finish')}
            </MenuItem>
          </Menu>
        </>
      )}
      {open === 'fund' && <FundDialog project={project} onClose={() => setOpen(null)} />}
      {open === 'finish' && <FinishDialog project={project} onClose={() => setOpen(null)} />}
    </>
  )
}
