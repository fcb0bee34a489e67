import type { BoxesQuestion } from '@groundwork/contract'
import { Hand, Maximize, Minus, Pentagon, Plus, Redo2, Square, SquarePlus, Trash2, Undo2 } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import { Button } from '../../../../ui/Button.tsx'
import type { Boxes } from './use-boxes.ts'
import type { Tool } from './use-stage-pointer.ts'
import type { StageView } from './use-stage-view.ts'

/** Above the stage: what the pointer draws, adding without a pointer, undo, zoom. */
export function StageTools({
  question,
  marks,
  stage,
  onBox,
  onPolygon,
}: {
  question: BoxesQuestion
  marks: Boxes
  stage: StageView
  onBox: () => void
  onPolygon: () => void
}) {
  const { t } = useTranslation('boxes')
  const id = useId()
  const tools: { tool: Tool; icon: ReactNode; key: string }[] = [
    { tool: 'hand', icon: <Hand className="icon" />, key: 'V' },
    ...(question.shapes.includes('rectangle')
      ? [{ tool: 'rectangle' as const, icon: <Square className="icon" />, key: 'R' }]
      : []),
    ...(question.shapes.includes('polygon')
      ? [{ tool: 'polygon' as const, icon: <Pentagon className="icon" />, key: 'P' }]
      : []),
  ]
  const acts = [
    { name: 'undo', icon: <Undo2 className="icon" />, run: marks.history.undo, off: !marks.history.canUndo },
    { name: 'redo', icon: <Redo2 className="icon" />, run: marks.history.redo, off: !marks.history.canRedo },
    {
      name: 'delete',
      icon: <Trash2 className="icon" />,
      run: () => marks.selected !== null && marks.remove(marks.selected),
      off: marks.selected === null,
    },
    { name: 'zoomOut', icon: <Minus className="icon" />, run: stage.zoomOut, off: false },
    { name: 'zoomIn', icon: <Plus className="icon" />, run: stage.zoomIn, off: false },
    { name: 'fit', icon: <Maximize className="icon" />, run: stage.fit, off: false },
  ] as const
  return (
    <div className="boxes-tools">
      <div className="seg" role="radiogroup" aria-label={t('tools.label')}>
        {tools.map(({ tool, icon, key }) => (
          <label key={tool}>
            <input
              type="radio"
              name={`${id}-tool`}
              aria-label={t(`tools.${tool}`)}
              checked={marks.tool === tool}
              onChange={() => marks.takeTool(tool)}
            />
            <span>
              {icon}
              <span className="word">{t(`tools.${tool}`)}</span>
              <kbd>{key}</kbd>
            </span>
          </label>
        ))}
      </div>
      {marks.drawing && marks.drawing.points.length > 2 ? (
        <Button size="s" onClick={marks.closePolygon}>
          {t('close')} <kbd>⏎</kbd>
        </Button>
      ) : (
        <Button
          size="s"
          disabled={marks.isFull}
          onClick={marks.tool === 'polygon' && question.shapes.includes('polygon') ? onPolygon : onBox}
        >
          <SquarePlus className="icon" />
          {t(marks.tool === 'polygon' ? 'addPolygon' : 'addBox')}
          <kbd>{marks.tool === 'polygon' ? 'P' : 'B'}</kbd>
        </Button>
      )}
      <div className="end">
        {acts.map(({ name, icon, run, off }) => (
          <Button
            key={name}
            look="quiet"
            iconOnly
            aria-label={t(name)}
            title={t(name)}
            disabled={off}
            onClick={() => void run()}
          >
            {icon}
          </Button>
        ))}
        <span className="num faint small">{Math.round(stage.view.scale * 100)} %</span>
      </div>
    </div>
  )
}
