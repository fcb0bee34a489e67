import { ImageOff } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useState } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import { Button } from '../../../../ui/Button.tsx'
import { Marks } from './Marks.tsx'
import { origin } from './stage-view.ts'
import { type StageActs, useStagePointer } from './use-stage-pointer.ts'
import type { StageView } from './use-stage-view.ts'

/** Pixels of the screen that an arrow key moves the image. */
const PAN = 60

export type StageKeys = {
  /** Moves what is selected or the cursor of a polygon, in pixels of the image. Returns false when there is neither. */
  nudge: (dx: number, dy: number) => boolean
  resize: (dx: number, dy: number) => boolean
  /** To the next or the previous shape. Returns false when there is none: then Tab leaves the stage. */
  step: (by: 1 | -1) => boolean
  remove: () => boolean
  cancel: () => boolean
  /** Ends a polygon; false when none is being drawn. */
  close: () => boolean
  point: () => boolean
  undo: () => void
  redo: () => void
  page: (by: 1 | -1) => boolean
}

/** The image with its marks. One stop of the tab key; arrows, Tab and Enter mean the shapes on it. */
export function Stage({
  frame,
  stage,
  acts,
  keys,
  url,
  label,
  describedBy,
  nameOf,
  colourOf,
  onSize,
}: {
  frame: RefObject<HTMLDivElement | null>
  stage: StageView
  acts: StageActs
  keys: StageKeys
  url: string
  label: string
  describedBy: string
  nameOf: (label: string) => string
  colourOf: (label: string) => number
  /** The image is there: its pixels. */
  onSize: (width: number, height: number) => void
}) {
  const { t } = useTranslation('boxes')
  const pointer = useStagePointer(stage, acts)
  const [failed, setFailed] = useState('')
  const [attempt, setAttempt] = useState(0)
  // An address that failed once is remembered as such by the page.
  const source = attempt === 0 ? url : `${url}?attempt=${attempt}`
  const { view, image, room } = stage
  const corner = origin(view, image, room)

  const onKeyDown = (event: KeyboardEvent) => {
    const { key, shiftKey, altKey } = event
    const taken = () => {
      if (event.ctrlKey || event.metaKey) {
        if (key.toLowerCase() === 'z') (shiftKey ? keys.redo : keys.undo)()
        else if (key.toLowerCase() === 'y') keys.redo()
        else return false
        return true
      }
      const arrow = arrows[key]
      if (arrow) {
        const by = shiftKey ? 10 : 1
        const [dx, dy] = [arrow[0] * by, arrow[1] * by]
        if (altKey) return keys.resize(dx, dy)
        if (!keys.nudge(dx, dy)) stage.panBy(-arrow[0] * PAN, -arrow[1] * PAN)
        return true
      }
      if (altKey) return false
      if (key === 'Tab') return keys.step(shiftKey ? -1 : 1)
      if (key === 'Delete' || key === 'Backspace') return keys.remove()
      if (key === 'Escape') return keys.cancel()
      if (key === 'Enter') return keys.close()
      if (key === 'PageDown') return keys.page(1)
      if (key === 'PageUp') return keys.page(-1)
      if (key === ' ') {
        if (!keys.point()) pointer.holdSpace(true)
        return true
      }
      return false
    }
    if (taken()) event.preventDefault()
  }
  return (
    <div
      ref={frame}
      className={`stage tool-${acts.tool}`}
      role="application"
      data-field
      dir="ltr"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys of the shapes are heard here.
      tabIndex={0}
      aria-label={label}
      aria-describedby={describedBy}
      onKeyDown={onKeyDown}
      onKeyUp={(event) => event.key === ' ' && pointer.holdSpace(false)}
      onBlur={() => pointer.holdSpace(false)}
      onPointerDown={pointer.onPointerDown}
      onPointerMove={pointer.onPointerMove}
      onPointerUp={pointer.onPointerUp}
      onPointerCancel={pointer.onPointerCancel}
    >
      {failed === source ? (
        <p className="failed" role="status">
          <ImageOff className="icon" />
          {t('failed')}
          <Button
            size="s"
            onPointerDown={(event) => event.stopPropagation()}
            onClick={() => setAttempt(attempt + 1)}
          >
            {t('again')}
          </Button>
        </p>
      ) : (
        <img
          key={source}
          src={source}
          alt=""
          draggable={false}
          decoding="async"
          style={{
            inlineSize: image.width,
            blockSize: image.height,
            transform: `translate(${corner.x}px, ${corner.y}px) scale(${view.scale})`,
            imageRendering: view.scale >= 4 ? 'pixelated' : undefined,
          }}
          onLoad={(event) => onSize(event.currentTarget.naturalWidth, event.currentTarget.naturalHeight)}
          onError={() => setFailed(source)}
        />
      )}
      {room.width > 0 && image.width > 0 && (
        <Marks
          stage={stage}
          boxes={acts.boxes}
          selected={acts.selected}
          live={pointer.live}
          drawing={acts.drawing}
          nameOf={nameOf}
          colourOf={colourOf}
        />
      )}
    </div>
  )
}

const arrows: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}
