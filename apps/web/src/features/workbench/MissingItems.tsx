import type { Assignment } from '@groundwork/contract'
import { useTranslation } from '../../i18n/react.ts'
import { goTo } from './active-question.ts'
import { type Missing, partOf } from './missing.ts'
import { useMissingText } from './missing-text.ts'

const SAID = 2

/** What still misses, each as the way to it. */
export default function MissingItems({
  missing,
  assignment,
}: {
  missing: readonly Missing[]
  assignment: Assignment
}) {
  const { t } = useTranslation('missing')
  const textOf = useMissingText(assignment.task)
  const more = missing.length - SAID
  return (
    <>
      {missing.slice(0, SAID).map((each, index) => (
        <span key={`${each.place} ${each.path.join('.')} ${each.code}`}>
          {index > 0 && ', '}
          <button
            type="button"
            className="btn link"
            onClick={() => goTo(assignment.id, each.place, partOf(each))}
          >
            {textOf(each)}
          </button>
        </span>
      ))}
      {more > 0 && <span> {t('more', { count: more })}</span>}
    </>
  )
}
