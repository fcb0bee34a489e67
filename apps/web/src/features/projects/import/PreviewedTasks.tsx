import type { TaskPayload } from '@groundwork/contract'
import { useEffect, useState } from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { TaskPreview } from '../../../ui/task/TaskPreview.tsx'
import type { Source } from './chosen-source.ts'
import { type Previewed, withImagesBeside } from './previewed-images.ts'

/** The first tasks as a trainer would see them, with the images that came along. */
export function PreviewedTasks({ tasks, source }: { tasks: TaskPayload[]; source: Source | null }) {
  const { t } = useTranslation('projects')
  const [chosen, setChosen] = useState(0)
  const shown = Math.min(chosen, tasks.length - 1)
  const task = useImagesBeside(tasks[shown], source)
  if (!task) return null
  return (
    <section aria-labelledby="preview-title">
      <div className="section-head">
        <h3 id="preview-title">{t('import.preview')}</h3>
        <p>{t('import.previewHint')}</p>
        {tasks.length > 1 && (
          <div className="end">
            <div className="seg" role="radiogroup" aria-label={t('import.previewed')}>
              {tasks.map((each, index) => (
                <label key={each.externalId ?? index}>
                  <input
                    type="radio"
                    name="previewed-task"
                    checked={index === shown}
                    onChange={() => setChosen(index)}
                  />
                  <span>{t('import.taskNumber', { number: index + 1 })}</span>
                </label>
              ))}
            </div>
          </div>
        )}
      </div>
      <div className="import-preview">
        <TaskPreview id={`preview ${shown}`} context={task.context} candidates={task.candidates} />
      </div>
    </section>
  )
}

function useImagesBeside(task: TaskPayload | undefined, source: Source | null): TaskPayload | undefined {
  const [found, setFound] = useState<{ of: TaskPayload; previewed: Previewed }>()
  useEffect(() => {
    if (!task || !source) return
    let previewed: Previewed | undefined
    let gone = false
    void withImagesBeside(task, source).then((next) => {
      previewed = next
      if (gone) next.release()
      else setFound({ of: task, previewed: next })
    })
    return () => {
      gone = true
      previewed?.release()
    }
  }, [task, source])
  return found && found.of === task ? found.previewed.task : task
}
