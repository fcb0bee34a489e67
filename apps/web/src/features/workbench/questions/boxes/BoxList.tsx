import type { Box, BoxesQuestion } from '@groundwork/contract'
import { Trash2 } from 'lucide-react'
import { useTranslation } from '../../../../i18n/react.ts'
import { Button } from '../../../../ui/Button.tsx'
import { Table } from '../../../../ui/bits.tsx'
import { isOn, type TaskImage } from './boxes-answer.ts'
import { boundsOf, moved, reshaped, resized, type Shape, type Size, within } from './geometry.ts'
import { NumberField } from './NumberField.tsx'

/** All shapes with their labels and numbers: everything that the stage does can be done here without a pointer. */
export function BoxList({
  question,
  boxes,
  images,
  sizeOf,
  selected,
  onSelect,
  onLabel,
  onShape,
  onDelete,
}: {
  question: BoxesQuestion
  boxes: readonly Box[]
  images: readonly TaskImage[]
  /** Pixels of the image that a box is on. */
  sizeOf: (box: Box) => Size
  selected: number | null
  onSelect: (index: number) => void
  onLabel: (index: number, label: string) => void
  onShape: (index: number, shape: Shape) => void
  onDelete: (index: number) => void
}) {
  const { t } = useTranslation('boxes')
  const several = images.length > 1
  return (
    <Table caption={t('list.caption')} className="box-list">
      <thead>
        <tr>
          <th scope="col" className="num">
            {t('list.number')}
          </th>
          {several && (
            <th scope="col" className="num">
              {t('list.image')}
            </th>
          )}
          <th scope="col">{t('list.label')}</th>
          <th scope="col">{t('list.shape')}</th>
          {(['x', 'y', 'width', 'height'] as const).map((each) => (
            <th scope="col" className="num" key={each}>
              {t(`list.${each}`)}
            </th>
          ))}
          <th scope="col">
            <span className="sr">{t('list.acts')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {boxes.map((box, index) => {
          const number = index + 1
          const size = sizeOf(box)
          const { x, y, width, height } = boundsOf(box)
          const focus = () => onSelect(index)
          const to = (dx: number, dy: number) => onShape(index, moved(box, dx, dy, size))
          const grow = (next: Size) => onShape(index, resized(box, next, size))
          const cells = [
            {
              name: 'x',
              value: x,
              least: 0,
              most: size.width - width,
              put: (value: number) => to(value - x, 0),
            },
            {
              name: 'y',
              value: y,
              least: 0,
              most: size.height - height,
              put: (value: number) => to(0, value - y),
            },
            {
              name: 'width',
              value: width,
              least: 1,
              most: size.width - x,
              put: (value: number) => grow({ width: value, height }),
            },
            {
              name: 'height',
              value: height,
              least: 1,
              most: size.height - y,
              put: (value: number) => grow({ width, height: value }),
            },
          ] as const
          return (
            <tr
              // biome-ignore lint/suspicious/noArrayIndexKey: a box is its place in the list.
              key={index}
              data-part={`boxes.${index}`}
              tabIndex={-1}
              aria-selected={index === selected}
              className={index === selected ? 'selected' : undefined}
            >
              <td className="num c-no">{number}</td>
              {several && (
                <td className="num c-at" data-label={t('list.image')}>
                  {images.findIndex((image) => isOn(box, image)) + 1}
                </td>
              )}
              <td className="c-what">
                <select
                  className="input"
                  aria-label={t('list.labelOf', { number })}
                  value={box.label}
                  onFocus={focus}
                  onChange={(event) => onLabel(index, event.target.value)}
                >
                  {question.labels.map(({ value, label }) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </select>
              </td>
              <td className="c-kind">
                {box.shape === 'polygon'
                  ? t('list.polygon', { count: box.points.length })
                  : t('list.rectangle')}
              </td>
              {cells.map(({ name, value, least, most, put }) => (
                <td className="num" key={name} data-label={t(`list.${name}`)}>
                  <NumberField
                    label={t('list.of', { what: t(`list.${name}`), number })}
                    value={value}
                    least={least}
                    most={Math.max(least, most)}
                    onFocus={focus}
                    onValue={put}
                  />
                </td>
              ))}
              <td className="c-act">
                <Button
                  look="quiet"
                  iconOnly
                  aria-label={t('list.delete', { number })}
                  onClick={() => onDelete(index)}
                >
                  <Trash2 className="icon" />
                </Button>
              </td>
            </tr>
          )
        })}
      </tbody>
    </Table>
  )
}

/** The points of the selected polygon as numbers. */
export function PointList({
  box,
  number,
  size,
  onShape,
}: {
  box: Box & { shape: 'polygon' }
  number: number
  size: Size
  onShape: (shape: Shape) => void
}) {
  const { t } = useTranslation('boxes')
  return (
    <details className="point-list">
      <summary>{t('points.title', { number, count: box.points.length })}</summary>
      <ol>
        {box.points.map(([x, y], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place in the polygon.
          <li key={index}>
            <span className="num faint">{index + 1}</span>
            {(['x', 'y'] as const).map((axis) => (
              <NumberField
                key={axis}
                label={t('points.of', { axis, point: index + 1, number })}
                value={axis === 'x' ? x : y}
                least={0}
                most={axis === 'x' ? size.width : size.height}
                onFocus={() => undefined}
                onValue={(value) =>
                  onShape(
                    reshaped(
                      box,
                      index,
                      axis === 'x'
                        ? { x: within(value, 0, size.width), y }
                        : { x, y: within(value, 0, size.height) },
                      size,
                    ),
                  )
                }
              />
            ))}
            <Button
              look="quiet"
              iconOnly
              aria-label={t('points.delete', { point: index + 1 })}
              disabled={box.points.length <= 3}
              onClick={() =>
                onShape({ shape: 'polygon', points: box.points.filter((_, other) => other !== index) })
              }
            >
              <Trash2 className="icon" />
            </Button>
          </li>
        ))}
      </ol>
    </details>
  )
}
