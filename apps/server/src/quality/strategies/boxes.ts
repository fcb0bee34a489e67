import { boxConsensus, intersectionOverUnion, type Box as Rectangle } from '@groundwork/consensus'
import type { Box, BoxesAnswer, BoxesQuestion } from '@groundwork/contract'
import { byTarget } from './by-target.ts'
import { finite, meanOf, type Strategy } from './strategy.ts'

/** A consensus is right when its boxes and the known ones have this F1; boxes match by label and half of the area that they cover. */
const TOLERANCE = 0.5
/** More boxes on an image are not merged: every pair of them would be compared, again and again. */
const MOST_BOXES = 150

/**
 * The boxes that more than half drew, each side at the median. A polygon counts as the rectangle around it; where most drew polygons, the one
 * whose rectangle is nearest to the merged one stands for them.
 */
export const boxes: Strategy<BoxesQuestion> = {
  measure: 'f1',
  heavy: true,
  decide: (question, votes) =>
    byTarget<BoxesAnswer>(question, votes, (given) => {
      const people = given.map(({ value }) => value.boxes)
      const images = [...Map.groupBy(people.flat(), placeOf)]
      const answers = given.length
      if (images.some(([, drawn]) => drawn.length > MOST_BOXES)) {
        return { value: null, confidence: null, distribution: {}, answers }
      }
      const found = images.map(([place, drawn]) => mergedIn(place, drawn, people))
      const merged = found.flatMap((each) => each.boxes)
      const none = people.filter((drawn) => drawn.length === 0).length / people.length
      const agreements = found.flatMap(({ pairwiseF1 }) => finite(pairwiseF1) ?? [])
      return {
        value: merged.length > 0 ? { boxes: merged } : { boxes: [], none: true },
        confidence: merged.length > 0 ? meanOf(merged.map(({ support }) => support)) : none,
        distribution: {},
        answers,
        agreement: answers < 2 ? null : agreements.length > 0 ? meanOf(agreements) : 1,
      }
    }),
  matches: (_, value, known) => {
    const people = [(value as BoxesAnswer | null)?.boxes ?? [], (known as BoxesAnswer).boxes]
    const images = [...Map.groupBy(people.flat(), placeOf)]
    if (images.some(([, drawn]) => drawn.length > 2 * MOST_BOXES)) return false
    const scores = images.map(([place, drawn]) => mergedIn(place, drawn, people).pairwiseF1)
    return scores.length === 0 || meanOf(scores) >= TOLERANCE
  },
}

const placeOf = ({ target, part }: Box) => `${target}/${part}`

type Merged = Box & { support: number }

function mergedIn(place: string, drawn: Box[], people: Box[][]): { boxes: Merged[]; pairwiseF1: number } {
  const [first] = drawn
  if (!first) return { boxes: [], pairwiseF1: Number.NaN }
  const { target, part } = first
  const found = boxConsensus(
    people.map((each) => ({ boxes: each.filter((box) => placeOf(box) === place).map(rectangleOf) })),
  )
  return {
    pairwiseF1: found.pairwiseF1,
    boxes: found.boxes.map(({ x, y, width, height, label, confidence }) => {
      const behind = drawn
        .map((box) => ({ box, overlap: intersectionOverUnion(rectangleOf(box), { x, y, width, height }) }))
        .filter(({ overlap }) => overlap >= 0.5)
        .sort((one, other) => other.overlap - one.overlap)
      const polygons = behind.filter(({ box }) => box.shape === 'polygon')
      const nearest = polygons[0]?.box
      const shape =
        nearest?.shape === 'polygon' && polygons.length * 2 > behind.length
          ? { shape: 'polygon' as const, points: nearest.points }
          : { shape: 'rectangle' as const, x, y, width, height }
      return { target, part, label, ...shape, support: confidence }
    }),
  }
}

/** A shape as the rectangle around it. One without width or height gets a hair of it, so that it has an area to compare. */
function rectangleOf(box: Box): Rectangle {
  if (box.shape === 'rectangle') {
    const { x, y, width, height, label } = box
    return { x, y, width, height, label }
  }
  const xs = box.points.map(([x]) => x)
  const ys = box.points.map(([, y]) => y)
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  const extent = (values: number[], least: number) => Math.max(Math.max(...values) - least, 1e-6)
  return { x, y, width: extent(xs, x), height: extent(ys, y), label: box.label }
}
