import { Minus, Plus } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { keyName } from '../../../ui/keys/bindings.ts'
import { useStore } from '../../../ui/store.ts'
import { layouts } from '../../../ui/task/layout.ts'
import { chosenLayout } from '../../../ui/task/use-layout.ts'
import { lineWidths, reading, readingFonts, textSizes, zoom } from './reading.ts'
import { canSpeak, speech } from './speech.ts'
import './desk.css'

/** How the task is shown: layout, size, lines, font, reading aloud; and what else belongs to the person. */
export function ViewMenu({
  responses,
  onKeys,
  onRecent,
}: {
  /** How many the task has. */
  responses: number
  onKeys: () => void
  onRecent: () => void
}) {
  const { t } = useTranslation('desk')
  const read = useStore(reading)
  const aloud = useStore(speech)
  const layout = useStore(chosenLayout)
  return (
    <div className="view-menu">
      {responses > 1 && (
        <Choice
          label={t('view.layout')}
          options={['form', ...layouts] as const}
          value={layout}
          nameOf={(each) => t(`view.layouts.${each}`)}
          onChoose={chosenLayout.set}
        />
      )}
      <fieldset className="view-row">
        <legend>{t('view.size')}</legend>
        <Button
          iconOnly
          size="s"
          aria-label={t('view.smaller')}
          disabled={read.size === textSizes[0]}
          onClick={() => zoom(-1)}
        >
          <Minus className="icon" />
        </Button>
        <output className="num">{read.size} %</output>
        <Button
          iconOnly
          size="s"
          aria-label={t('view.larger')}
          disabled={read.size === textSizes.at(-1)}
          onClick={() => zoom(1)}
        >
          <Plus className="icon" />
        </Button>
        <span className="faint small wide">
          <kbd>{keyName('-')}</kbd> <kbd>{keyName('+')}</kbd>
        </span>
      </fieldset>
      <Choice
        label={t('view.width')}
        options={lineWidths}
        value={read.width}
        nameOf={(each) => t(`view.widths.${each}`)}
        onChoose={(width) => reading.set({ ...read, width })}
      />
      <Choice
        label={t('view.font')}
        options={readingFonts}
        value={read.font}
        nameOf={(each) => t(`view.fonts.${each}`)}
        onChoose={(font) => reading.set({ ...read, font })}
      />
      {canSpeak() && (
        <label className="check">
          <input
            type="checkbox"
            checked={aloud.on}
            onChange={(event) => speech.set({ ...aloud, on: event.target.checked })}
          />
          <span>
            {t('view.aloud')} <span className="faint">{t('view.aloudHint')}</span>
          </span>
        </label>
      )}
      <div className="view-acts">
        <Button size="s" onClick={onRecent}>
          {t('recent.title')}
        </Button>
        <Button size="s" onClick={onKeys}>
          {t('view.keys')}
        </Button>
      </div>
    </div>
  )
}

function Choice<T extends string>({
  label,
  options,
  value,
  nameOf,
  onChoose,
}: {
  label: string
  options: readonly T[]
  value: T
  nameOf: (option: T) => string
  onChoose: (option: T) => void
}) {
  const name = useId()
  return (
    <fieldset className="view-choice">
      <legend>{label}</legend>
      {options.map((each) => (
        <label className="check" key={each}>
          <input type="radio" name={name} checked={each === value} onChange={() => onChoose(each)} />
          <span>{nameOf(each)}</span>
        </label>
      ))}
    </fieldset>
  )
}
