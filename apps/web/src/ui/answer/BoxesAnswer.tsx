import type { BoxesAnswer as Boxes, BoxesQuestion } from '@groundwork/contract'
import { type AnswerTask, partsOf } from '@groundwork/contract/checks'
import { useState } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { formatNumber } from '../format.ts'
import { imageUrl } from '../task/image/image-url.ts'
import { useTargetName } from '../task/target-name.ts'
import type { AnswerProps } from './AnswerView.tsx'
import { Few, labelOf, Support } from './mark-answers.tsx'

type Box = Boxes['boxes'][number] & { support?: number }

/** The marks of each image, drawn over it where it can be loaded, and as a list. */
export default function BoxesAnswer({ question, value, task }: AnswerProps<BoxesQuestion>) {
  const { t } = useTranslation('answer')
  const { boxes } = value as { boxes: Box[] }
  if (boxes.length === 0) return <span className="muted">{t('marks.none')}</span>
  const images = Map.groupBy(boxes, ({ target, part }) => `${target} ${part}`)
  return [...images].map(([place, marks]) => (
    <div key={place} className="answer-boxes">
      <Overlay marks={marks} task={task} />
      <Few>
        {marks.map((box, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: marks of one answer do not move.
          <li key={index}>
            <span className="num faint small">{index + 1}</span> <b>{labelOf(question.labels, box.label)}</b>{' '}
            <Where box={box} /> <Support of={box} />
          </li>
        ))}
      </Few>
    </div>
  ))
}

function Where({ box }: { box: Box }) {
  const { t } = useTranslation('answer')
  const said =
    box.shape === 'polygon'
      ? t('boxes.polygon', { count: box.points.length })
      : t('boxes.rectangle', {
          width: formatNumber(Math.round(box.width)),
          height: formatNumber(Math.round(box.height)),
          x: formatNumber(Math.round(box.x)),
          y: formatNumber(Math.round(box.y)),
        })
  return <span className="faint small num">{said}</span>
}

function Overlay({ marks, task }: { marks: Box[]; task: AnswerTask }) {
  const { t } = useTranslation('answer')
  const nameOf = useTargetName(task)
  const [size, setSize] = useState<{ width: number; height: number } | null>(null)
  const [failed, setFailed] = useState(false)
  const [first] = marks
  const image = partsOf(task).find(
    (part) => part.kind === 'image' && part.target === first?.target && part.part === first?.part,
  )
  const url = image?.kind === 'image' ? imageUrl(image.assetId) : undefined
  if (!url || failed) return <p className="faint small">{t('boxes.gone')}</p>
  return (
    <div className="answer-image">
      <img
        src={url}
        alt={t('boxes.image', { where: nameOf(first?.target ?? '') })}
        decoding="async"
        onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
          setSize({ width, height })
        }
        onError={() => setFailed(true)}
      />
      {size && (
        <svg viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
          {marks.map((box, index) =>
            box.shape === 'rectangle' ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: marks of one answer do not move.
              <rect key={index} x={box.x} y={box.y} width={box.width} height={box.height} />
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above.
              <polygon key={index} points={box.points.map((point) => point.join()).join(' ')} />
            ),
          )}
        </svg>
      )}
    </div>
  )
}
