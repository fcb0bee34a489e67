import type { Box, BoxesAnswer, BoxesQuestion } from '@groundwork/contract'
import { useMemo, useState } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import { useUndo } from '../history.ts'
import { answerOf, isOn, marksOf, type TaskImage, withShape } from './boxes-answer.ts'
import {
  type Bounds,
  boundsOf,
  moved,
  type Point,
  resized,
  type Shape,
  type Size,
  within,
} from './geometry.ts'
import type { Drawing, Tool } from './use-stage-pointer.ts'

/** What is marked, what is selected and what is being drawn; every change of the marks can be taken back. */
export function useBoxes(
  question: BoxesQuestion,
  images: readonly TaskImage[],
  value: unknown,
  onChange: (value: unknown) => void,
) {
  const { t } = useTranslation('boxes')
  const marks = useMemo(() => marksOf(value), [value])
  const history = useUndo<BoxesAnswer>(marks, (next) => onChange(answerOf(next)))
  const [imageIndex, setImageIndex] = useState(0)
  const [chosen, setChosen] = useState<number | null>(null)
  const [tool, setTool] = useState<Tool>(question.shapes.includes('rectangle') ? 'rectangle' : 'polygon')
  const [label, setLabel] = useState(question.labels[0]?.value ?? '')
  const [drawing, setDrawing] = useState<Drawing | null>(null)
  const [sizes, setSizes] = useState<Record<string, Size>>({})
  const [said, say] = useState('')

  const { boxes } = marks
  const image = images[imageIndex]
  const selected = chosen !== null && chosen < boxes.length ? chosen : null
  const sizeAt = (at: TaskImage | undefined): Size => {
    const known = at && sizes[at.assetId]
    return known ?? { width: at?.width ?? 0, height: at?.height ?? 0 }
  }
  const sizeOf = (box: Box) => sizeAt(images.find((each) => isOn(box, each)))
  const here = useMemo(
    () => boxes.flatMap((box, index) => (image && isOn(box, image) ? [{ index, box }] : [])),
    [boxes, image],
  )
  const nameOf = (wanted: string) =>
    question.labels.find(({ value: each }) => each === wanted)?.label ?? wanted
  const sayBox = (index: number, box: Box) => {
    const { x, y, width, height } = boundsOf(box)
    const what = box.shape === 'polygon' ? t('said.polygon') : t('said.rectangle')
    say(
      t('said.box', {
        number: index + 1,
        count: boxes.length,
        label: nameOf(box.label),
        what,
        x,
        y,
        width,
        height,
      }),
    )
  }
  const select = (index: number | null) => {
    setChosen(index)
    const box = index === null ? undefined : boxes[index]
    if (index === null || !box) return say('')
    const on = images.findIndex((each) => isOn(box, each))
    if (on >= 0) setImageIndex(on)
    sayBox(index, box)
  }
  const replace = (index: number, change: (box: Box) => Box, tag?: string) => {
    history.change((now) => {
      const before = now.boxes[index]
      if (!before) return now
      const after = change(before)
      sayBox(index, after)
      return { boxes: now.boxes.map((each, other) => (other === index ? after : each)) }
    }, tag)
  }
  const isFull = boxes.length >= question.max
  const add = (shape: Shape) => {
    if (!image || isFull) return say(t('full', { count: question.max }))
    const { target, part } = image
    const box = withShape({ target, part, label, shape: 'rectangle', x: 0, y: 0, width: 1, height: 1 }, shape)
    history.change((now) => ({ boxes: [...now.boxes, box] }))
    setChosen(boxes.length)
    sayBox(boxes.length, box)
  }
  const remove = (index: number) => {
    history.change((now) => ({ boxes: now.boxes.filter((_, other) => other !== index) }))
    setChosen(null)
    say(t('said.deleted', { number: index + 1 }))
  }
  return {
    marks,
    boxes,
    here,
    image,
    imageIndex,
    size: sizeAt(image),
    selected,
    tool,
    label,
    drawing,
    said,
    isFull,
    history,
    nameOf,
    colourOf: (wanted: string) =>
      Math.max(
        0,
        question.labels.findIndex(({ value: each }) => each === wanted),
      ),
    sizeOf,
    select,
    add,
    remove,
    setDrawing,
    knowSize: (assetId: string, width: number, height: number) =>
      setSizes((known) => ({ ...known, [assetId]: { width, height } })),
    showImage: (index: number) => {
      const next = within(index, 0, images.length - 1)
      if (next === imageIndex) return false
      setImageIndex(next)
      setChosen(null)
      setDrawing(null)
      say(t('said.image', { number: next + 1, count: images.length }))
      return true
    },
    takeTool: (next: Tool) => {
      setTool(next)
      setDrawing(null)
    },
    setShape: (index: number, shape: Shape, tag?: string) =>
      replace(index, (box) => withShape(box, shape), tag),
    /** Gives the selected shape a label, and all that come after it. */
    give: (next: string, index: number | null = selected) => {
      setLabel(next)
      if (index === null) say(t('said.label', { label: nameOf(next) }))
      else replace(index, (box) => ({ ...box, label: next }))
    },
    setNone: (none: boolean) => history.change(() => (none ? { boxes: [], none: true } : { boxes: [] })),
    nudge: (dx: number, dy: number) => {
      const box = selected === null ? undefined : boxes[selected]
      if (selected === null || !box) return null
      const next = withShape(box, moved(box, dx, dy, sizeOf(box)))
      replace(selected, () => next, `nudge ${selected}`)
      return boundsOf(next)
    },
    grow: (dx: number, dy: number) => {
      const box = selected === null ? undefined : boxes[selected]
      if (selected === null || !box) return null
      const { width, height } = boundsOf(box)
      const shape = resized(box, { width: width + dx, height: height + dy }, sizeOf(box))
      replace(selected, () => withShape(box, shape), `grow ${selected}`)
      return boundsOf(shape)
    },
    /** The next or previous shape of this image; null when there is none in that direction. */
    next: (by: 1 | -1): Bounds | null => {
      const at = here.findIndex(({ index }) => index === selected)
      const to = at < 0 ? here.at(by > 0 ? 0 : -1) : here[at + by]
      if (!to) return null
      select(to.index)
      return boundsOf(to.box)
    },
    closePolygon: () => {
      if (!drawing || drawing.points.length < 3) return false
      add({ shape: 'polygon', points: drawing.points.map(({ x, y }: Point) => [x, y] as const) })
      setDrawing(null)
      return true
    },
    say,
  }
}

export type Boxes = ReturnType<typeof useBoxes>
