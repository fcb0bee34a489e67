import type {
  SourcesAnswer as Sources,
  SourcesQuestion,
  SpansAnswer as Spans,
  SpansQuestion,
  StepsAnswer as Steps,
  StepsQuestion,
} from '@groundwork/contract'
import { isWebAddress } from '@groundwork/contract/checks'
import { Check, Minus, X } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../Button.tsx'
import { formatPercent } from '../format.ts'
import { Markdown } from '../markdown/Markdown.tsx'
import { TaskLink } from '../markdown/TaskLink.tsx'
import { useTargetName } from '../task/target-name.ts'
import type { AnswerProps } from './AnswerView.tsx'

const LinkDialog = lazy(() =>
  import('../markdown/LinkDialog.tsx').then((module) => ({ default: module.LinkDialog })),
)

/** So many marks are shown before somebody asks for all. */
const FEW = 20

/** In a consensus: how many of the people have it. */
type Supported = { support?: number }

export function SpansAnswer({ question, value, task }: AnswerProps<SpansQuestion>) {
  const { t } = useTranslation('answer')
  const nameOf = useTargetName(task)
  const { spans } = value as { spans: (Spans['spans'][number] & Supported)[] }
  if (spans.length === 0) return <span className="muted">{t('marks.none')}</span>
  return (
    <Few>
      {spans.map((span, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: marks of one answer do not move.
        <li key={index}>
          <p>
            <b>{labelOf(question.categories, span.category)}</b>
            {span.severity && (
              <span className="answer-severity">{labelOf(question.severities, span.severity)}</span>
            )}{' '}
            <span className="faint small">{nameOf(span.target)}</span> <Support of={span} />
          </p>
          <blockquote dir="auto">{shortened(span.quote)}</blockquote>
          {span.comment && (
            <p className="answer-text" dir="auto">
              {span.comment}
            </p>
          )}
        </li>
      ))}
    </Few>
  )
}

export function StepsAnswer({ value }: AnswerProps<StepsQuestion>) {
  const { t } = useTranslation('answer')
  const { steps } = value as Steps
  const first = steps.findIndex(({ label }) => label === -1)
  const right = steps.filter(({ label }) => label === 1).length
  return (
    <>
      <p className="small muted num">
        {t('steps.summary', { right, count: steps.length })}
        {first >= 0 && `, ${t('steps.firstError', { number: first + 1 })}`}
      </p>
      <Few>
        {steps.map(({ text, label, better, comment }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps do not move.
          <li key={index} className="answer-step">
            <StepMark label={label} />
            <div>
              <Markdown
                text={shortened(text)}
                className={label === null ? 'answer-document faint' : 'answer-document'}
              />
              {better && (
                <div className="answer-better">
                  <span className="faint small">{t('steps.better')}</span>
                  <Markdown text={better} className="answer-document" />
                </div>
              )}
              {comment && (
                <p dir="auto" className="answer-text muted">
                  {comment}
                </p>
              )}
            </div>
          </li>
        ))}
      </Few>
    </>
  )
}

function StepMark({ label }: { label: Steps['steps'][number]['label'] }) {
  const { t } = useTranslation('answer')
  const name = t(`steps.${label}`)
  return (
    <span className={label === 1 ? 'better' : label === -1 ? 'worse' : 'faint'} title={name}>
      {label === 1 ? (
        <Check className="icon" />
      ) : label === -1 ? (
        <X className="icon" />
      ) : (
        <Minus className="icon" />
      )}
      <span className="sr">{name}</span>
    </span>
  )
}

export function SourcesAnswer({ question, value }: AnswerProps<SourcesQuestion>) {
  const { t } = useTranslation('answer')
  const [link, setLink] = useState<string | null>(null)
  const { claims } = value as { claims: (Sources['claims'][number] & Supported)[] }
  if (claims.length === 0) return <span className="muted">{t('marks.noClaims')}</span>
  return (
    <>
      <Few>
        {claims.map((claim, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: claims of one answer do not move.
          <li key={index}>
            <p>
              <b>{labelOf(question.verdicts, claim.verdict)}</b> <Support of={claim} />
            </p>
            <blockquote dir="auto">{shortened(claim.claim)}</blockquote>
            {(claim.sources ?? []).map((source) => (
              <p key={source.url} className="answer-source">
                {isWebAddress(source.url) ? (
                  <TaskLink url={source.url} onOpen={setLink}>
                    {source.url}
                  </TaskLink>
                ) : (
                  <span className="faint">{source.url}</span>
                )}
                {source.quote && <q dir="auto">{shortened(source.quote)}</q>}
              </p>
            ))}
            {claim.comment && (
              <p className="answer-text" dir="auto">
                {claim.comment}
              </p>
            )}
          </li>
        ))}
      </Few>
      {link !== null && (
        <Suspense fallback={null}>
          <LinkDialog url={link} onClose={() => setLink(null)} />
        </Suspense>
      )}
    </>
  )
}

/** A list that shows its first items until all are asked for. */
export function Few({ children }: { children: ReactNode[] }) {
  const { t } = useTranslation('answer')
  const [all, setAll] = useState(false)
  return (
    <>
      <ul className="answer-marks">{all ? children : children.slice(0, FEW)}</ul>
      {!all && children.length > FEW && (
        <Button className="link" onClick={() => setAll(true)}>
          {t('marks.all', { count: children.length })}
        </Button>
      )}
    </>
  )
}

/** Of a merged mark: the share of the people who have it. */
export function Support({ of: { support } }: { of: Supported }) {
  const { t } = useTranslation('answer')
  if (typeof support !== 'number') return null
  return <span className="faint small num">{t('marks.support', { share: formatPercent(support) })}</span>
}

export const labelOf = (options: readonly { value: string; label: string }[], value: string): string =>
  options.find((option) => option.value === value)?.label ?? value

const LONG = 400
const shortened = (text: string): string => {
  const points = Array.from(text.slice(0, 2 * LONG))
  return points.length > LONG ? `${points.slice(0, LONG).join('')}…` : points.join('')
}
