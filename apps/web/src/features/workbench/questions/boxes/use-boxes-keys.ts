import type { BoxesQuestion } from '@groundwork/contract'
import { useTranslation } from '../../../../i18n/react.ts'
import { useEditorKeys } from '../use-editor-keys.ts'
import { labelKey } from './boxes-answer.ts'
import { type Bounds, onImage, type Size } from './geometry.ts'
import type { StageKeys } from './Stage.tsx'
import type { Boxes } from './use-boxes.ts'
import type { StageView } from './use-stage-view.ts'

/**
 * What keys do to the marks. Single letters and digits work wherever the question is the active one and can be turned off; the rest,
 * which is given back, only on the stage.
 */
export function useBoxesKeys({
  question,
  marks,
  stage,
  size,
  listens,
  newBox,
  newPolygon,
}: {
  question: BoxesQuestion
  marks: Boxes
  stage: StageView
  size: Size
  listens: boolean
  newBox: () => void
  newPolygon: () => void
}): StageKeys {
  const { t } = useTranslation('boxes')
  const { boxes, drawing, selected } = marks
  const takes = (shape: 'rectangle' | 'polygon') => question.shapes.includes(shape)
  const reveal = (part: Bounds | null) => {
    if (part) stage.show(part)
    return part !== null
  }
  const labels = question.labels.flatMap((_, index) => labelKey(question.labels, index) ?? [])
  useEditorKeys(
    listens
      ? [
          { keys: 'b', label: t('keys.box'), group: 'answers', run: newBox },
          ...(takes('polygon')
            ? [{ keys: 'p', label: t('keys.polygon'), group: 'answers' as const, run: newPolygon }]
            : []),
          ...(takes('rectangle')
            ? [
                {
                  keys: 'r',
                  label: t('keys.rectangle'),
                  group: 'answers' as const,
                  run: () => marks.takeTool('rectangle'),
                },
              ]
            : []),
          { keys: 'v', label: t('keys.hand'), group: 'answers', run: () => marks.takeTool('hand') },
          {
            keys: labels,
            label: t('keys.label'),
            group: 'answers',
            run: (key) => {
              const at = question.labels.findIndex((_, index) => labelKey(question.labels, index) === key)
              const option = question.labels[at]
              if (option) marks.give(option.value)
            },
          },
          {
            keys: 'n',
            label: t('none'),
            group: 'answers',
            run: () => boxes.length === 0 && marks.setNone(!marks.marks.none),
          },
          { keys: ['+', '='], label: t('zoomIn'), group: 'answers', run: stage.zoomIn },
          { keys: '-', label: t('zoomOut'), group: 'answers', run: stage.zoomOut },
          { keys: '0', label: t('fit'), group: 'answers', run: stage.fit },
        ]
      : [],
  )
  return {
    nudge: (dx, dy) => {
      if (!drawing?.cursor) return reveal(marks.nudge(dx, dy))
      const cursor = onImage({ x: drawing.cursor.x + dx, y: drawing.cursor.y + dy }, size)
      marks.setDrawing({ ...drawing, cursor })
      stage.show({ ...cursor, width: 0, height: 0 })
      marks.say(t('said.cursor', cursor))
      return true
    },
    resize: (dx, dy) => reveal(marks.grow(dx, dy)),
    step: (by) => (drawing ? false : reveal(marks.next(by))),
    remove: () => {
      if (drawing) {
        const points = drawing.points.slice(0, -1)
        marks.setDrawing(points.length > 0 || drawing.cursor ? { ...drawing, points } : null)
        marks.say(t('said.points', { count: points.length }))
        return true
      }
      if (selected === null) return false
      marks.remove(selected)
      return true
    },
    cancel: () => {
      if (!drawing && selected === null) return false
      marks.setDrawing(null)
      marks.select(null)
      return true
    },
    close: () => {
      if (!drawing) return false
      if (!marks.closePolygon()) marks.say(t('said.tooFewPoints'))
      return true
    },
    point: () => {
      if (!drawing?.cursor) return false
      const points = [...drawing.points, drawing.cursor]
      marks.setDrawing({ ...drawing, points })
      marks.say(t('said.points', { count: points.length }))
      return true
    },
    undo: () => void marks.history.undo(),
    redo: () => void marks.history.redo(),
    page: (by) => marks.showImage(marks.imageIndex + by),
  }
}
