import type { SpansQuestion } from '@groundwork/contract'
import { partsOf } from '@groundwork/contract/checks'
import { Highlighter, Undo2 } from 'lucide-react'
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import { Button } from '../../../../ui/Button.tsx'
import { focusDrawn } from '../../../../ui/focus.ts'
import { lookOf } from '../../../../ui/marking/paint.ts'
import type { PartText } from '../../../../ui/marking/parts.ts'
import { useParts } from '../../../../ui/marking/parts.ts'
import { type Passage, passageOf } from '../../../../ui/marking/passage.ts'
import { reveal } from '../../../../ui/task/find.ts'
import { drawAll } from '../../../../ui/task/near.ts'
import { showTarget } from '../../../../ui/task/shown-target.ts'
import { useTargetName } from '../../../../ui/task/target-name.ts'
import { useTouch } from '../../../../ui/touch.ts'
import { CursorPanel } from '../marking/CursorPanel.tsx'
import { useLeads } from '../marking/use-leads.ts'
import { selectedNow, useTextSelection } from '../marking/use-text-selection.ts'
import type { QuestionViewProps } from '../registry.tsx'
import { useEditorKeys } from '../use-editor-keys.ts'
import { MarkList } from './MarkList.tsx'
import { MarkPicker, type Said } from './MarkPicker.tsx'
import { NoteBody } from './NoteBody.tsx'
import { Scores } from './Scores.tsx'
import { PendingPaint, toLines, useHover, useLineMarker } from './spans-hooks.tsx'
import { givenOf } from './spans-state.ts'
import { useMarks } from './use-marks.ts'
import { drawnMark, drawnText, markAt, usePainted } from './use-painted.ts'
import '../../../../ui/marking/marking.css'
import './spans.css'

/** A passage whose category is being chosen: a new one, or that of a mark. */
type Picking = { passage: Passage; index?: number; near: () => DOMRect; back: HTMLElement | null }

/** Passages of the task's text, marked by mouse, finger or keyboard. */
export default function SpansView({
  question,
  value,
  onChange,
  task,
  candidates,
  ownsKeys,
  aside,
}: QuestionViewProps<SpansQuestion>) {
  const { t } = useTranslation(['marking', 'workbench'])
  const headId = useId()
  const nameOf = useTargetName(task)
  const texts = useMemo<PartText[]>(
    () =>
      partsOf(task, question.of).flatMap((part) =>
        part.kind === 'text' ? [{ target: part.target, part: part.part, text: part.text }] : [],
      ),
    [task, question.of],
  )
  const parts = useParts(texts)
  const given = useMemo(() => givenOf(value), [value])
  const { spans, none } = given
  const leads = useLeads(ownsKeys)
  const marks = useMarks(question, texts, given, onChange)
  const { say } = marks
  const touch = useTouch()
  const [picking, setPicking] = useState<Picking | null>(null)
  const [reading, setReading] = useState(false)
  const [active, setActive] = useState<number | null>(null)
  const box = useRef<HTMLDivElement>(null)
  const painted = usePainted(parts, question, spans, active, leads)
  const full = spans.length >= question.max
  useEffect(() => drawAll(), [])

  const pick = (passage: Passage | null, near: () => DOMRect, back: HTMLElement | null = null) => {
    if (!passage) return say(t('said.nothing'))
    if (full) return say(t('full'))
    setPicking({ passage, near, back })
  }
  const edit = (index: number, from: HTMLElement) => {
    const span = spans[index]
    if (span) setPicking({ passage: span, index, near: () => from.getBoundingClientRect(), back: from })
  }
  const save = (what: Said) => {
    if (!picking) return
    marks.save(picking.passage, picking.index, what)
    setPicking(null)
    document.getSelection()?.removeAllRanges()
  }
  const remove = (index: number) => {
    marks.remove(index)
    setActive(null)
    // The entry is gone; the next one, or the box, has the keyboard then.
    focusDrawn(() => {
      const entries = box.current?.querySelectorAll<HTMLElement>('[data-mark]')
      const next = entries?.[Math.min(index, entries.length - 1)]
      ;(next ?? box.current?.querySelector<HTMLElement>('[data-field]'))?.focus()
    })
  }
  const quoteOf = (passage: Passage) => (question.unit === 'line' ? passage.quote : drawnText(parts, passage))
  const show = (index: number) => {
    const span = spans[index]
    if (!span) return
    showTarget(span.target)
    // After the paint: the response may only now be on the screen.
    requestAnimationFrame(() => {
      const mark = drawnMark(parts, span)
      const [range] = mark ? mark.extents.flatMap(mark.drawn.rangesOf) : []
      if (range) reveal(range)
      else say(t('notThere'))
    })
  }
  const startReading = () => {
    const selected = selectedNow(parts, texts)
    if (selected) return pick(passageOf(selected.drawn, selected.extent, question.unit), () => selected.box)
    if (question.unit === 'line') toLines(() => setReading(true))
    else setReading(true)
  }
  const leaveReading = () => {
    setReading(false)
    box.current?.querySelector<HTMLElement>('[data-start]')?.focus()
  }

  const { offered, take } = useTextSelection({
    parts,
    texts,
    listens: leads && picking === null,
    onSelect: ({ drawn, extent, box: where }) => pick(passageOf(drawn, extent, question.unit), () => where),
    onPress: (x, y) => {
      const index = markAt(painted.current, x, y)
      if (index === null) return
      const entry = box.current?.querySelector<HTMLElement>(`[data-mark="${index}"]`)
      entry?.focus({ preventScroll: true })
      entry?.scrollIntoView({ block: 'nearest' })
    },
  })
  useHover(painted, setActive)
  useEditorKeys(
    leads
      ? [
          { keys: 'm', label: t('keys.start'), group: 'answers', run: startReading },
          { keys: 'Ctrl+z', label: t('keys.undo'), group: 'answers', run: marks.undo },
          ...(ownsKeys && spans.length === 0
            ? [
                {
                  keys: 'n',
                  label: t('keys.none'),
                  group: 'answers' as const,
                  run: () => marks.setNone(!none),
                },
              ]
            : []),
        ]
      : [],
  )
  useLineMarker(leads, {
    accepts: (target) => texts.some((text) => text.target === target),
    mark: (passage, near) =>
      pick(passage, () => near.getBoundingClientRect(), near instanceof HTMLElement ? near : null),
    notes: spans.map((span, index) => ({
      id: String(index),
      passage: span,
      look: lookOf(
        question.severities.findIndex((each) => each.value === span.severity),
        question.severities.length,
      ),
      body: (
        <NoteBody
          question={question}
          span={span}
          onEdit={(from) => edit(index, from)}
          onDelete={() => remove(index)}
        />
      ),
    })),
  })

  return (
    <div className="q spans" ref={box}>
      <p className="ask" id={headId}>
        {question.label}
        <span className="opt">
          {spans.length > 0
            ? t('count', { count: spans.length })
            : !question.required && t('workbench:text.optional')}
        </span>
      </p>
      {question.hint && <p className="hint">{question.hint}</p>}
      {reading ? (
        <CursorPanel
          parts={parts}
          texts={texts}
          nameOf={nameOf}
          onShow={showTarget}
          onChoose={(drawn, extent, where) =>
            pick(
              passageOf(drawn, extent, question.unit),
              () => where,
              box.current?.querySelector<HTMLElement>('[role="application"]') ?? null,
            )
          }
          onLeave={leaveReading}
        />
      ) : (
        <div className="spans-start">
          <p className="faint small">
            {t(
              touch
                ? question.unit === 'line'
                  ? 'howLinesTouch'
                  : 'howTouch'
                : question.unit === 'line'
                  ? 'howLines'
                  : 'how',
            )}
          </p>
          <Button size="s" data-start data-field onClick={startReading}>
            <Highlighter className="icon" />
            {t('cursor.start')} <kbd>M</kbd>
          </Button>
        </div>
      )}
      <MarkList
        question={question}
        spans={spans}
        active={active}
        nameOf={texts.length > 1 ? nameOf : null}
        quoteOf={quoteOf}
        onActive={setActive}
        onShow={show}
        onEdit={edit}
        onDelete={remove}
      />
      <div className="spans-foot">
        {spans.length === 0 && (
          <label className="option">
            <input
              type="checkbox"
              checked={none === true}
              onChange={(event) => marks.setNone(event.target.checked)}
            />
            <span className="what">{t('none')}</span>
            {ownsKeys && <kbd>N</kbd>}
          </label>
        )}
        {full && <p className="hint">{t('full')}</p>}
        <Scores question={question} spans={spans} candidates={candidates} nameOf={nameOf} />
        {marks.canUndo && (
          <Button look="quiet" size="s" onClick={marks.undo}>
            <Undo2 className="icon" />
            {t('undo')}
          </Button>
        )}
      </div>
      {offered && !picking && (
        <Button look="primary" className="mark-offer" onClick={take}>
          <Highlighter className="icon" />
          {t('mark')}
        </Button>
      )}
      {picking && (
        <MarkPicker
          key={`${picking.passage.target} ${picking.passage.start} ${picking.passage.end}`}
          question={question}
          quote={quoteOf(picking.passage)}
          near={picking.near}
          said={picking.index === undefined ? undefined : spans[picking.index]}
          onSave={save}
          onClose={() => setPicking(null)}
          returnFocus={() =>
            picking.back?.isConnected
              ? picking.back
              : (parts
                  .read(picking.passage.target, picking.passage.part)
                  ?.element.closest<HTMLElement>('[tabindex="0"]') ?? null)
          }
        />
      )}
      <PendingPaint parts={parts} passage={reading ? null : (picking?.passage ?? null)} />
      <p className="sr" role="status">
        {marks.said}
      </p>
      {aside}
    </div>
  )
}
