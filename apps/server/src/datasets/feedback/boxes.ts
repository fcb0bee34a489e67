import {
  type Box,
  type BoxesAnswer,
  type BoxesQuestion,
  messageTarget,
  type Part,
  type TaskPayload,
} from '@groundwork/contract'
import type { Mapping, Piece } from './mapping.ts'

type Area = { x: number; y: number; width: number; height: number; label: string }
type Placed = Area & { image: string }
/** Two boxes mean the same when they share so much of the area that they cover together. */
const SAME = 0.5

/** Boxes on images, a task of its own for each image. A polygon counts as the rectangle around it. */
export const boxes: Mapping<BoxesQuestion> = {
  gives: () => ['boxes'],
  pieces: (_, value, { task }) => {
    const placed = (value as BoxesAnswer).boxes.map(placedOf)
    return imagesOf(task).map(
      ({ at, part }): Piece => ({
        own: ofImage(task, part),
        verdict: {
          type: 'boxes',
          boxes: placed.filter(({ image }) => image === at).map(({ image: _image, ...area }) => area),
        },
      }),
    )
  },
  decided: (question, consensus) => {
    const found = consensus[question.id]
    return found?.value ? { value: found.value, confidence: found.confidence } : null
  },
  // What more than half of the people marked, where their boxes lie on average.
  combine: (_, values) => {
    const people = (values as BoxesAnswer[]).map((value) => value.boxes.map(placedOf))
    const clusters: Placed[][] = []
    for (const marked of people) {
      const taken = new Set<Placed[]>()
      for (const box of marked) {
        const same = clusters.find(
          (cluster) => !taken.has(cluster) && cluster[0] && overlap(cluster[0], box) >= SAME,
        )
        if (same) {
          same.push(box)
          taken.add(same)
        } else {
          const cluster = [box]
          clusters.push(cluster)
          taken.add(cluster)
        }
      }
    }
    const agreed = clusters.filter((cluster) => cluster.length * 2 > people.length)
    return { value: { boxes: agreed.map(boxOf) } satisfies BoxesAnswer, confidence: null }
  },
}

function placedOf(box: Box): Placed {
  const image = `${box.target}/${box.part}`
  if (box.shape === 'rectangle') {
    const { x, y, width, height, label } = box
    return { image, x, y, width, height, label }
  }
  const xs = box.points.map(([x]) => x)
  const ys = box.points.map(([, y]) => y)
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { image, x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y, label: box.label }
}

/** The mean of some boxes as a box again. */
function boxOf(cluster: Placed[]): Box {
  const mean = (key: 'x' | 'y' | 'width' | 'height') =>
    cluster.reduce((sum, each) => sum + each[key], 0) / cluster.length
  const [target = '', part = '0'] = cluster[0]?.image.split('/') ?? []
  return {
    shape: 'rectangle',
    target,
    part: Number(part),
    label: cluster[0]?.label ?? '',
    x: mean('x'),
    y: mean('y'),
    width: mean('width'),
    height: mean('height'),
  }
}

/** Intersection over union; 0 for boxes of other images or labels. */
function overlap(one: Placed, other: Placed): number {
  if (one.image !== other.image || one.label !== other.label) return 0
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  if (width <= 0 || height <= 0) return 0
  const shared = width * height
  return shared / (one.width * one.height + other.width * other.height - shared)
}

type Image = Extract<Part, { type: 'image' }>

function imagesOf(task: TaskPayload): { at: string; part: Image }[] {
  const groups = [{ id: 'context', messages: task.context }, ...task.candidates]
  return groups.flatMap(({ id, messages }) =>
    messages.flatMap(({ parts }, index) =>
      parts.flatMap((part, place) =>
        part.type === 'image' ? [{ at: `${messageTarget(id, index)}/${place}`, part }] : [],
      ),
    ),
  )
}

/** The task with one image alone, its size in the metadata, where writers look for it. */
function ofImage(task: TaskPayload, part: Image): TaskPayload {
  const size =
    part.width !== undefined && part.height !== undefined ? { width: part.width, height: part.height } : {}
  return {
    ...task,
    context: [{ role: 'user', parts: [part] }],
    candidates: [],
    metadata: { ...task.metadata, ...size },
  }
}
