import type { ExportTarget } from '@groundwork/contract'
import { useTranslation } from '../../i18n/react.ts'
import { TargetPicture } from './TargetPicture.tsx'
import { type Target, targetGroups } from './targets.ts'

/** What is to be trained, or where the judgments go; what the form cannot feed says what it would need. */
export function TargetCards({
  known,
  chosen,
  onChoose,
}: {
  known: readonly ExportTarget[]
  chosen: Target
  onChoose: (target: Target) => void
}) {
  const { t } = useTranslation('exports')
  return (
    <fieldset className="targets">
      <legend className="label">{t('target')}</legend>
      {targetGroups.map(([group, members]) => (
        <div key={group} className="target-group">
          <p className="target-kind">{t(`groups.${group}`)}</p>
          <div className="target-cards">
            {members.map((target) => {
              const info = known.find(({ format }) => format === target.format)
              const able = info?.feeds ?? false
              const needs = (info?.needs ?? []).map((kind) => t(`kinds.${kind as 'pairwise'}`))
              return (
                <label key={target.id} className={able ? 'target' : 'target unable'}>
                  <input
                    type="radio"
                    name="export-target"
                    checked={chosen.id === target.id}
                    disabled={!able}
                    onChange={() => onChoose(target)}
                  />
                  <TargetPicture shape={target.shape} />
                  <span className="strong">{t(`targets.${target.id}.name`)}</span>
                  <span className="hint">
                    {able
                      ? t(`targets.${target.id}.about`)
                      : t('needs', {
                          kinds: new Intl.ListFormat(undefined, { type: 'disjunction' }).format(needs),
                        })}
                  </span>
                </label>
              )
            })}
          </div>
        </div>
      ))}
    </fieldset>
  )
}
