import type { RankingQuestion } from '@groundwork/contract'
import { ArrowDown, ArrowUp, Equal, GripVertical, X } from 'lucide-react'
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import { Button } from '../../../../ui/Button.tsx'
import { plainText } from '../../../../ui/markdown/plain.ts'
import { visible } from '../../../../ui/markdown/unseen.tsx'
import { letter, textOf } from '../../../../ui/task/message-text.ts'
import { useTouch } from '../../../../ui/touch.ts'
import { hasOwnArrows } from '../../arrows.ts'
import type { QuestionViewProps } from '../registry.tsx'
import { useEditorKeys } from '../use-editor-keys.ts'
import {
  answerOf,
  drop,
  fromRanks,
  giveRank,
  type Order,
  orderOf,
  ranksOf,
  shift,
  toggleTie,
} from './ranking-state.ts'
import { useDrag } from './use-drag.ts'
import './ranking.css'

/**
 * Responses in order, best first: dragged, clicked one after the other, given numbers, or moved by keys. Ties stand in one box; what has no
 * rank waits below.
 */
export default function RankingView({
  question,
  value,
  onChange,
  onAnswered,
  task,
  candidates,
  ownsKeys,
  aside,
}: QuestionViewProps<RankingQuestion>) {
  const { t } = useTranslation(['questions', 'common', 'workbench'])
  const id = useId()
  const root = useRef<HTMLDivElement>(null)
  const order = orderOf(value, candidates)
  const listed = [...order.tiers.flat(), ...order.tray]
  const [chosen, choose] = useState<string | undefined>(undefined)
  const selected = chosen ?? listed[0] ?? ''
  const [said, say] = useState('')
  /** What was there before the response was lifted with Space. */
  const [lifted, lift] = useState<Order | null>(null)
  /** Numbers as they were given, with gaps; forgotten when the order is changed in another way. */
  const [numbers, setNumbers] = useState<Record<string, number> | null>(null)

  const nameOf = (candidate: string) =>
    t('common:task.response', { name: letter(candidates.indexOf(candidate)) })
  const tell = (now: Order, candidate: string) => {
    const at = now.tiers.findIndex((tier) => tier.includes(candidate))
    const others = now.tiers[at]?.filter((each) => each !== candidate).map(nameOf) ?? []
    const named = {
      name: nameOf(candidate),
      rank: at + 1,
      count: now.tiers.length,
      others: others.join(', '),
    }
    say(
      at < 0
        ? t('ranking.said.none', named)
        : t(others.length > 0 ? 'ranking.said.tied' : 'ranking.said.rank', named),
    )
  }
  const put = (next: Order | undefined, candidate: string) => {
    if (!next) return
    setNumbers(null)
    choose(candidate)
    onChange(answerOf(next))
    tell(next, candidate)
  }
  const number = (rank: number) => {
    const ranks = giveRank(numbers ?? ranksOf(value), selected, rank, question.ties)
    const next = fromRanks(ranks, candidates)
    setNumbers(ranks)
    onChange(answerOf(next))
    tell(next, selected)
    // On to the next response on the screen that has no number, so that typing them one after the other ranks all.
    const from = candidates.indexOf(selected)
    const open = [...candidates.slice(from + 1), ...candidates.slice(0, from)].find((each) =>
      next.tray.includes(each),
    )
    if (open) choose(open)
    else {
      choose(selected)
      onAnswered?.()
    }
  }
  const select = (by: 1 | -1) => {
    const next = listed[listed.indexOf(selected) + by]
    if (next) choose(next)
    return next !== undefined
  }
  const { drag, handlers } = useDrag(root, question.ties, (candidate, to) =>
    put(drop(order, candidate, to), candidate),
  )

  useEditorKeys(
    ownsKeys
      ? [
          {
            keys: candidates.slice(0, 9).map((_, index) => String(index + 1)),
            label: t('ranking.keys.rank'),
            group: 'answers',
            run: (key) => number(Number(key)),
          },
          ...(question.ties
            ? [
                {
                  keys: '=',
                  label: t('ranking.keys.tie'),
                  group: 'answers' as const,
                  run: () => put(toggleTie(order, selected), selected),
                },
              ]
            : []),
          {
            keys: ['ArrowUp', 'ArrowDown'],
            label: t('ranking.keys.select'),
            group: 'answers',
            run: (key) =>
              root.current?.contains(document.activeElement) || hasOwnArrows(document.activeElement)
                ? false
                : select(key === 'ArrowDown' ? 1 : -1),
          },
        ]
      : [],
  )
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (by !== 0) {
      if (event.altKey || lifted) put(shift(order, selected, by), selected)
      else select(by)
    } else if (event.key === ' ') {
      lift(lifted ? null : order)
      say(t(lifted ? 'ranking.said.dropped' : 'ranking.said.lifted', { name: nameOf(selected) }))
    } else if (event.key === 'Escape' && lifted) {
      put(lifted, selected)
      lift(null)
    } else if (event.key === 'Enter' && lifted) lift(null)
    else return
    event.preventDefault()
  }

  const beginnings = useMemo(
    () => new Map(task.candidates.map(({ id, messages }) => [id, visible(plainText(textOf(messages), 80))])),
    [task],
  )
  const touch = useTouch()
  const item = (candidate: string) => {
    const isSelected = candidate === selected
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the focus, and all keys.
      <div
        key={candidate}
        role="option"
        id={`${id}-${candidate}`}
        aria-selected={isSelected}
        tabIndex={-1}
        className="rank-item"
        data-dragged={drag?.id === candidate || (lifted && isSelected) || undefined}
        {...handlers(candidate)}
        onClick={() => {
          // The best first: whatever has no rank yet gets the next one.
          if (order.tray.includes(candidate)) put(shift(order, candidate, -1), candidate)
          else choose(candidate)
        }}
      >
        <GripVertical className="icon grip" />
        <b>{nameOf(candidate)}</b>
        <span className="faint" dir="auto">
          {beginnings.get(candidate)}
        </span>
      </div>
    )
  }
  const to = drag?.to
  return (
    <fieldset className="q ranking">
      <legend className="ask">
        {question.label}
        {!question.required && <span className="opt">{t('workbench:text.optional')}</span>}
      </legend>
      {question.hint && <p className="hint">{question.hint}</p>}
      <div
        className="rank-list"
        role="listbox"
        aria-label={question.label}
        aria-describedby={`${id}-how`}
        aria-activedescendant={selected ? `${id}-${selected}` : undefined}
        tabIndex={0}
        data-field
        ref={root}
        onKeyDown={onKeyDown}
        onBlur={() => lift(null)}
      >
        {order.tiers.map((tier, index) => (
          <fieldset
            key={tier.join()}
            aria-label={t('ranking.rank', { rank: index + 1 })}
            className="tier"
            data-tier
            data-drop={
              to?.kind === 'into' && to.at === index
                ? 'into'
                : to?.kind === 'between' && to.at === index
                  ? 'before'
                  : to?.kind === 'between' && to.at === order.tiers.length && index === to.at - 1
                    ? 'after'
                    : undefined
            }
          >
            <span className="rank num" aria-hidden="true">
              {index + 1}
            </span>
            <div>{tier.map(item)}</div>
          </fieldset>
        ))}
        {(order.tray.length > 0 || drag) && (
          <fieldset
            aria-label={t('ranking.tray')}
            className="tray"
            data-tray
            data-drop={to?.kind === 'tray' ? 'into' : undefined}
          >
            <p className="faint small">{t(question.partial ? 'ranking.trayPartial' : 'ranking.tray')}</p>
            {order.tray.map(item)}
          </fieldset>
        )}
      </div>
      <div className="rank-acts">
        <Button
          size="s"
          look="quiet"
          iconOnly
          aria-label={t('ranking.up', { name: nameOf(selected) })}
          onClick={() => put(shift(order, selected, -1), selected)}
        >
          <ArrowUp className="icon" />
        </Button>
        <Button
          size="s"
          look="quiet"
          iconOnly
          aria-label={t('ranking.down', { name: nameOf(selected) })}
          onClick={() => put(shift(order, selected, 1), selected)}
        >
          <ArrowDown className="icon" />
        </Button>
        {question.ties && (
          <Button
            size="s"
            look="quiet"
            iconOnly
            aria-label={t('ranking.tie', { name: nameOf(selected) })}
            onClick={() => put(toggleTie(order, selected), selected)}
          >
            <Equal className="icon" />
          </Button>
        )}
        <Button
          size="s"
          look="quiet"
          iconOnly
          aria-label={t('ranking.remove', { name: nameOf(selected) })}
          onClick={() => put(drop(order, selected, { kind: 'tray' }), selected)}
        >
          <X className="icon" />
        </Button>
        <p className="faint small" id={`${id}-how`}>
          {touch
            ? `${t('ranking.howTouch')}${question.ties ? ` ${t('ranking.howTouchTies')}` : ''}`
            : t(question.ties ? 'ranking.howTies' : 'ranking.how')}
        </p>
      </div>
      <p className="sr" role="status">
        {said}
      </p>
      {aside && <div className="under">{aside}</div>}
    </fieldset>
  )
}
