import type { TaskPayload } from '@groundwork/contract'
import { useState } from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { TaskPreview } from '../../../ui/task/TaskPreview.tsx'

/** The first tasks as a trainer would see them. */
export function PreviewedTasks({ tasks }: { tasks: TaskPayload[] }) {
  const { t } = useTranslation('projects')
  const [chosen, setChosen] = useState(0)
  const shown = Math.min(chosen, tasks.length - 1)
  const task = tasks[shown]
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
