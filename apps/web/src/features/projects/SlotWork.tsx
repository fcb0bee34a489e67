import type { Project } from '@groundwork/contract'
import { useTranslation } from '../../i18n/react.ts'
import { Progress } from '../../ui/bits.tsx'
import { formatNumber } from '../../ui/format.ts'

/** How far a large project is with opening its tasks to trainers, or with closing what was open. */
export function SlotWork({ work }: { work: NonNullable<Project['slotWork']> }) {
  const { t } = useTranslation('projects')
  const { kind, done, total, secondsLeft } = work
  return (
    <div className="slot-work">
      <Progress
        share={total === 0 ? 1 : done / total}
        label={t(`slotWork.${kind}`)}
        count={t(`slotWork.${kind}Count`, {
          done: formatNumber(Math.min(done, total)),
          total: formatNumber(total),
        })}
        leftMs={secondsLeft === null ? null : secondsLeft * 1000}
      />
      <p className="hint">{t(`slotWork.${kind}Hint`)}</p>
    </div>
  )
}
