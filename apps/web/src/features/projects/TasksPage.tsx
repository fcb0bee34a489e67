import type { TaskRow } from '@groundwork/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { errorText } from '../../api/error-text.ts'
import { useHasRole } from '../../api/session.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty, Pending } from '../../ui/bits.tsx'
import { formatNumber } from '../../ui/format.ts'
import { tasksQuery, useProject } from './queries.ts'
import { SelectedTasks, useSelection } from './tasks/selection.tsx'
import { TaskSheet } from './tasks/TaskSheet.tsx'
import { TaskTable } from './tasks/TaskTable.tsx'
import './tasks/tasks.css'

const states = ['open', 'done', 'flagged', 'removed'] as const
const isState = (value: string | undefined): value is TaskRow['state'] =>
  states.some((each) => each === value)

/** Every task of a project, to search, filter and open. */
export function TasksPage() {
  const { t } = useTranslation('projects')
  const project = useProject()
  const search = useSearch({ from: '/shell/projects/$projectId/tasks' })
  const navigate = useNavigate({ from: '/projects/$projectId/tasks' })
  const state = isState(search.state) ? search.state : undefined
  const mayManage = useHasRole('manager', project.organizationId)
  const mayImport = mayManage && project.state !== 'finished'
  const mayDelete = mayManage && project.state === 'draft'
  const query = useInfiniteQuery(tasksQuery(project.id, { state, search: search.search }))
  const tasks = query.data?.pages.flatMap((page) => page.tasks) ?? []
  const total = query.data?.pages[0]?.total ?? 0
  const selection = useSelection(tasks.map(({ id }) => id))
  const change = (next: {
    state?: string | undefined
    search?: string | undefined
    task?: string | undefined
  }) => void navigate({ search: (now) => ({ ...now, ...next }), replace: true, resetScroll: false })
  return (
    <>
      <div className="tasks-bar">
        <SearchBox value={search.search ?? ''} onChange={(text) => change({ search: text || undefined })} />
        <div className="seg" role="radiogroup" aria-label={t('tasks.filter')}>
          {[undefined, ...states].map((each) => (
            <label key={each ?? 'all'}>
              <input
                type="radio"
                name="task-state"
                checked={state === each}
                onChange={() => change({ state: each })}
              />
              <span>{t(`tasks.states.${each ?? 'all'}`)}</span>
            </label>
          ))}
        </div>
        <p className="faint num" role="status">
          {query.data && t('tasks.count', { count: total, number: formatNumber(total) })}
        </p>
      </div>
      {mayDelete && <SelectedTasks projectId={project.id} selection={selection} />}
      {query.isPending && <Pending />}
      {query.error && (
        <p className="form-error" role="alert">
          {errorText(query.error)}
        </p>
      )}
      {query.data && tasks.length === 0 ? (
        search.search || state ? (
          <Empty
            title={t('tasks.noneFound')}
            act={
              <Button onClick={() => change({ search: undefined, state: undefined })}>
                {t('tasks.clear')}
              </Button>
            }
          />
        ) : (
          <Empty
            title={t('tasks.none')}
            act={
              mayImport && (
                <Link
                  to="/projects/$projectId/settings"
                  params={{ projectId: project.id }}
                  hash="import"
                  className="btn"
                >
                  {t('tasks.import')}
                </Link>
              )
            }
          />
        )
      ) : (
        tasks.length > 0 && (
          <TaskTable tasks={tasks} form={project.form} selection={mayDelete ? selection : undefined} />
        )
      )}
      {query.hasNextPage && (
        <p className="tasks-more">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('tasks.more')}
          </Button>
          <span className="faint small num">
            {t('tasks.shown', { shown: formatNumber(tasks.length), total: formatNumber(total) })}
          </span>
        </p>
      )}
      {search.task && (
        <TaskSheet
          project={project}
          taskId={search.task}
          order={tasks.map((task) => task.id)}
          onOpen={(task) => change({ task })}
          onClose={() => change({ task: undefined })}
        />
      )}
    </>
  )
}

const PAUSE_MS = 300

/** Searches when the typing rests. */
function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('projects')
  const [typed, setTyped] = useState(value)
  const sent = useRef(value)
  useEffect(() => {
    // Changed by something else, such as the browser's way back: the box follows.
    if (value !== sent.current) setTyped(value)
    sent.current = value
  }, [value])
  useEffect(() => {
    if (typed.trim() === sent.current) return
    const timer = setTimeout(() => {
      sent.current = typed.trim()
      onChange(typed.trim())
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed, onChange])
  return (
    <div className="input-unit tasks-search">
      <span>
        <Search className="icon" />
      </span>
      <input
        className="input"
        type="search"
        aria-label={t('tasks.search')}
        placeholder={t('tasks.search')}
        maxLength={200}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </div>
  )
}
