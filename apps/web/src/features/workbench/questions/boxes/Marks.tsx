import type { Box } from '@groundwork/contract'
import { handlesOf, type Point, type Shape } from './geometry.ts'
import { toStage } from './stage-view.ts'
import type { Drawing } from './use-stage-pointer.ts'
import type { StageView } from './use-stage-view.ts'

/** Colours of labels; what a shape is also stands beside it in words. */
export const COLOURS = 8

/**
 * The shapes over the image, in pixels of the screen, so that lines and handles are as thick in every zoom. For the eye only: the list
 * of boxes says the same, and the stage says which one is selected.
 */
export function Marks({
  stage: { view, image, room },
  boxes,
  selected,
  live,
  drawing,
  nameOf,
  colourOf,
}: {
  stage: StageView
  boxes: readonly { index: number; box: Box }[]
  selected: number | null
  live: { index: number | null; shape: Shape } | null
  drawing: Drawing | null
  nameOf: (label: string) => string
  colourOf: (label: string) => number
}) {
  const at = (point: Point) => toStage(point, view, image, room)
  const path = (shape: Shape) => pathOf(shape, at)
  return (
    <svg className="marks" aria-hidden="true" focusable="false">
      {boxes.map(({ index, box }) => {
        const shape = live?.index === index ? live.shape : box
        const [first] = handlesOf(shape)
        const tag = at(first ?? { x: 0, y: 0 })
        return (
          <g
            key={index}
            className={index === selected ? 'mark selected' : 'mark'}
            style={{ '--mark': `var(--mark-${colourOf(box.label) % COLOURS})` } as React.CSSProperties}
          >
            <path className="halo" d={path(shape)} />
            <path className="line" d={path(shape)} />
            <text x={tag.x} y={Math.max(tag.y - 6, 12)}>
              {index + 1} {nameOf(box.label)}
            </text>
            {index === selected &&
              handlesOf(shape).map((handle) => {
                const { x, y } = at(handle)
                return (
                  <rect key={handle.handle} className="handle" x={x - 5} y={y - 5} width={10} height={10} />
                )
              })}
          </g>
        )
      })}
      {live?.index === null && (
        <g className="mark new">
          <path className="halo" d={path(live.shape)} />
          <path className="line" d={path(live.shape)} />
        </g>
      )}
      {drawing && <Open drawing={drawing} at={at} />}
    </svg>
  )
}

/** A polygon on its way: its points, the line so far, and the cross where the next point goes by keyboard. */
function Open({ drawing: { points, cursor }, at }: { drawing: Drawing; at: (point: Point) => Point }) {
  const placed = points.map(at)
  const next = cursor && at(cursor)
  const line = [...placed, ...(next ? [next] : [])].map(({ x, y }) => `${x},${y}`).join(' ')
  return (
    <g className="mark new">
      <polyline className="halo" points={line} />
      <polyline className="line" points={line} />
      {placed.map(({ x, y }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place in the polygon.
        <rect key={index} className="handle" x={x - 4} y={y - 4} width={8} height={8} />
      ))}
      {next && (
        <>
          <path className="halo" d={`M${next.x - 12} ${next.y}h24M${next.x} ${next.y - 12}v24`} />
          <path className="line" d={`M${next.x - 12} ${next.y}h24M${next.x} ${next.y - 12}v24`} />
        </>
      )}
    </g>
  )
}

function pathOf(shape: Shape, at: (point: Point) => Point): string {
  const points =
    shape.shape === 'polygon'
      ? shape.points.map(([x, y]) => ({ x, y }))
      : [
          { x: shape.x, y: shape.y },
          { x: shape.x + shape.width, y: shape.y },
          { x: shape.x + shape.width, y: shape.y + shape.height },
          { x: shape.x, y: shape.y + shape.height },
        ]
  return `M${points
    .map(at)
    .map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`)
    .join('L')}Z`
}
