import type { BoxesQuestion } from '@groundwork/contract'
import { useId, useMemo, useRef } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import { imageUrl } from '../../../../ui/task/image/image-url.ts'
import { useTouch } from '../../../../ui/touch.ts'
import type { QuestionViewProps } from '../registry.tsx'
import { BoxList, PointList } from './BoxList.tsx'
import { imagesOf, isOn } from './boxes-answer.ts'
import { onImage, type Point } from './geometry.ts'
import { LabelChoice } from './LabelChoice.tsx'
import { Stage } from './Stage.tsx'
import { StageTools } from './StageTools.tsx'
import { useBoxes } from './use-boxes.ts'
import { useBoxesKeys } from './use-boxes-keys.ts'
import { useStageView } from './use-stage-view.ts'
import './boxes.css'

/** Rectangles and polygons on the images of a task. Why the stage is our own: docs/decisions, "The stage for boxes is our own". */
export default function BoxesView({
  question,
  value,
  onChange,
  task,
  ownsKeys,
  aside,
}: QuestionViewProps<BoxesQuestion>) {
  const { t } = useTranslation('boxes')
  const touch = useTouch()
  const id = useId()
  const images = useMemo(() => imagesOf(task), [task])
  const marks = useBoxes(question, images, value, onChange)
  const frame = useRef<HTMLDivElement>(null)
  const { image, size, selected, boxes, drawing, tool } = marks
  const stage = useStageView(frame, size, `${image?.target} ${image?.part}`)
  const takes = (shape: 'rectangle' | 'polygon') => question.shapes.includes(shape)

  const toStage = () => frame.current?.focus({ preventScroll: true })
  const middle = (): Point => {
    const { x, y, width, height } = stage.seen()
    return onImage({ x: x + width / 2, y: y + height / 2 }, size)
  }
  const newBox = () => {
    if (size.width === 0) return
    const { width, height } = stage.seen()
    const at = middle()
    const [w, h] = [Math.max(1, Math.round(width / 4)), Math.max(1, Math.round(height / 4))]
    const [x, y] = [Math.max(0, at.x - Math.round(w / 2)), Math.max(0, at.y - Math.round(h / 2))]
    const box = { x, y, width: Math.min(w, size.width - x), height: Math.min(h, size.height - y) }
    marks.add(
      takes('rectangle')
        ? { shape: 'rectangle', ...box }
        : {
            shape: 'polygon',
            points: [
              [x, y],
              [x + box.width, y],
              [x + box.width, y + box.height],
              [x, y + box.height],
            ],
          },
    )
    toStage()
  }
  const newPolygon = () => {
    marks.takeTool('polygon')
    marks.select(null)
    marks.setDrawing({ points: [], cursor: middle() })
    marks.say(t('said.drawing'))
    toStage()
  }
  const keys = useBoxesKeys({
    question,
    marks,
    stage,
    size,
    listens: ownsKeys && image !== undefined,
    newBox,
    newPolygon,
  })
  const selectedBox = selected === null ? undefined : boxes[selected]
  return (
    <fieldset className="q boxes">
      <legend className="ask">
        {question.label}
        <span className="opt num">{t('count', { count: boxes.length })}</span>
      </legend>
      {question.hint && <p className="hint">{question.hint}</p>}
      {images.length > 1 && (
        <div className="seg boxes-images" role="radiogroup" aria-label={t('images')}>
          {images.map((each, index) => (
            <label key={`${each.target} ${each.part}`}>
              <input
                type="radio"
                name={`${id}-image`}
                checked={index === marks.imageIndex}
                onChange={() => marks.showImage(index)}
              />
              <span>
                {t('image', { number: index + 1 })}
                <span className="num faint">{boxes.filter((box) => isOn(box, each)).length}</span>
              </span>
            </label>
          ))}
        </div>
      )}
      {image ? (
        <>
          <LabelChoice
            question={question}
            label={marks.label}
            colourOf={marks.colourOf}
            onLabel={marks.give}
          />
          <StageTools question={question} marks={marks} stage={stage} onBox={newBox} onPolygon={newPolygon} />
          <Stage
            frame={frame}
            stage={stage}
            acts={{
              tool,
              boxes: marks.here,
              selected,
              drawing,
              onSelect: marks.select,
              onAdd: marks.add,
              onShape: marks.setShape,
              onDrawing: (next) => {
                if (next && !drawing) marks.select(null)
                marks.setDrawing(next)
              },
              onClose: () => void marks.closePolygon(),
            }}
            keys={keys}
            url={imageUrl(image.assetId) ?? ''}
            label={t('stage', {
              number: marks.imageIndex + 1,
              count: images.length,
              alt: image.alt ?? '',
              boxes: marks.here.length,
            })}
            describedBy={`${id}-how`}
            nameOf={marks.nameOf}
            colourOf={marks.colourOf}
            onSize={(width, height) => marks.knowSize(image.assetId, width, height)}
          />
        </>
      ) : (
        <p className="hint">{t('noImage')}</p>
      )}
      <p className="hint" id={`${id}-how`}>
        {t(`${touch ? 'howTouch' : 'how'}.${drawing ? 'polygon' : 'any'}`)}
      </p>
      <p className="sr" role="status">
        {marks.said}
      </p>
      {boxes.length > 0 ? (
        <BoxList
          question={question}
          boxes={boxes}
          images={images}
          sizeOf={marks.sizeOf}
          selected={selected}
          onSelect={marks.select}
          onLabel={(index, label) => marks.give(label, index)}
          onShape={(index, shape) => marks.setShape(index, shape, `number ${index}`)}
          onDelete={(index) => {
            marks.remove(index)
            toStage()
          }}
        />
      ) : (
        <label className="check boxes-none">
          <input
            type="checkbox"
            checked={marks.marks.none === true}
            onChange={(event) => marks.setNone(event.target.checked)}
          />
          <span>
            {t('none')} <kbd>N</kbd>
          </span>
        </label>
      )}
      {selectedBox?.shape === 'polygon' && selected !== null && (
        <PointList
          box={selectedBox}
          number={selected + 1}
          size={marks.sizeOf(selectedBox)}
          onShape={(shape) => marks.setShape(selected, shape, `point ${selected}`)}
        />
      )}
      {aside && <div className="under">{aside}</div>}
    </fieldset>
  )
}
