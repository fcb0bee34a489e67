import type { Box, BoxesAnswer, BoxesQuestion, ShownTask } from '@groundwork/contract'
import { partsOf } from '@groundwork/contract/checks'
import type { Shape } from './geometry.ts'

/** An image of the task, by the names that answers use. Its size may only be known when it is there. */
export type TaskImage = {
  target: string
  part: number
  assetId: string
  alt: string | undefined
  width: number | undefined
  height: number | undefined
}

export const imagesOf = (task: ShownTask): TaskImage[] =>
  partsOf(task).flatMap((each) => {
    if (each.kind !== 'image') return []
    const cut = each.target.lastIndexOf(':')
    const [owner, index] = [each.target.slice(0, cut), Number(each.target.slice(cut + 1))]
    const messages = task.candidates.find(({ id }) => id === owner)?.messages ?? task.context
    const part = messages[index]?.parts[each.part]
    const alt = part?.type === 'image' ? part.alt : undefined
    const { target, assetId, width, height } = each
    return [{ target, part: each.part, assetId, alt, width, height }]
  })

export const isOn = (box: Box, { target, part }: Pick<TaskImage, 'target' | 'part'>): boolean =>
  box.target === target && box.part === part

/** What is marked, by a value that may be half-finished. */
export function marksOf(value: unknown): BoxesAnswer {
  const answer = value as Partial<BoxesAnswer> | null | undefined
  const boxes = Array.isArray(answer?.boxes) ? answer.boxes : []
  return boxes.length === 0 && answer?.none ? { boxes, none: true } : { boxes }
}

/** The answer; undefined where nothing is marked and nothing is said. */
export const answerOf = ({ boxes, none }: BoxesAnswer): BoxesAnswer | undefined =>
  boxes.length > 0 ? { boxes } : none ? { boxes: [], none: true } : undefined

/** The key that gives a label: its own, else its place among the first nine. */
export const labelKey = (labels: BoxesQuestion['labels'], index: number): string | undefined =>
  labels[index]?.shortcut ??
  (index < 9 && !labels.some(({ shortcut }) => shortcut === String(index + 1))
    ? String(index + 1)
    : undefined)

/** The same box with another shape. */
export function withShape(box: Box, shape: Shape): Box {
  const { target, part, label } = box
  const place = { target, part, label }
  return shape.shape === 'rectangle'
    ? { ...place, shape: 'rectangle', x: shape.x, y: shape.y, width: shape.width, height: shape.height }
    : { ...place, shape: 'polygon', points: shape.points.map(([x, y]) => [x, y]) }
}
