import type { Claim, SourcesQuestion } from '@groundwork/contract'
import { partsOf } from '@groundwork/contract/checks'
import { Plus, TextQuote, Undo2 } from 'lucide-react'
import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import { Button } from '../../../../ui/Button.tsx'
import { focusDrawn } from '../../../../ui/focus.ts'
import { type PartText, useParts } from '../../../../ui/marking/parts.ts'
import { type Passage, passageOf } from '../../../../ui/marking/passage.ts'
import { reveal } from '../../../../ui/task/find.ts'
import { showTarget } from '../../../../ui/task/shown-target.ts'
import { useTargetName } from '../../../../ui/task/target-name.ts'
import { optionKeys } from '../choice/option-keys.ts'
import { useUndo } from '../history.ts'
import { CursorPanel } from '../marking/CursorPanel.tsx'
import { useLeads } from '../marking/use-leads.ts'
import { type Selected, selectedNow } from '../marking/use-text-selection.ts'
import type { QuestionViewProps } from '../registry.tsx'
import { useEditorKeys } from '../use-editor-keys.ts'
import { ClaimCard } from './ClaimCard.tsx'
import { ClaimIndex } from './ClaimIndex.tsx'
import { claimsOf, movedTo, noClaim, valueOfClaims } from './claims-state.ts'
import { useClaimPaint } from './use-claim-paint.ts'
import '../../../../ui/marking/marking.css'
import './sources.css'

const LinkDialog = lazy(() =>
  import('../../../../ui/markdown/LinkDialog.tsx').then((module) => ({ default: module.LinkDialog })),
)

/** Claims of the task's text, each with a verdict and the sources that bear it out. Addresses are only ever text. */
export default function SourcesView({
  question,
  value,
  onChange,
  task,
  ownsKeys,
  aside,
}: QuestionViewProps<SourcesQuestion>) {
  const { t } = useTranslation(['marking', 'workbench'])
  const nameOf = useTargetName(task)
  const texts = useMemo<PartText[]>(
    () =>
      // Claims are mostly of the responses; the conversation comes after them.
      [...partsOf(task, 'candidates'), ...partsOf(task, 'context')].flatMap((part) =>
        part.kind === 'text' ? [{ target: part.target, part: part.part, text: part.text }] : [],
      ),
    [task],
  )
  const parts = useParts(texts)
  const leads = useLeads(ownsKeys)
  const given = useMemo(() => claimsOf(value), [value])
  const { claims, none } = given
  const undoable = useUndo(given, (next) => onChange(valueOfClaims(next)))
  const [reading, setReading] = useState(false)
  const [link, setLink] = useState<string | null>(null)
  const [said, say] = useState('')
  const box = useRef<HTMLDivElement>(null)
  const keys = useMemo(() => optionKeys(question.verdicts), [question])
  const full = claims.length >= question.max
  const drawn = useClaimPaint(parts, claims, leads)

  const change = (update: (before: readonly Claim[]) => readonly Claim[], tag?: string) =>
    undoable.change((before) => ({ claims: update(before.claims) }), tag)
  const focusClaim = (index: number, within = '[data-claim-text]') =>
    focusDrawn(() => {
      const card = box.current?.querySelector<HTMLElement>(`[data-claim="${index}"]`)
      const wanted = card?.querySelector<HTMLElement>(within) ?? card
      wanted?.focus({ preventScroll: true })
      card?.scrollIntoView({ block: 'nearest' })
    })
  const add = (claim: Claim, within?: string) => {
    if (full) return
    change((before) => [...before, claim])
    say(t('claims.added', { number: claims.length + 1 }))
    focusClaim(claims.length, within)
  }
  const addPassage = (passage: Passage | null, text: string) => {
    if (!passage) return say(t('said.nothing'))
    // What the reader sees is the claim; where it stands is kept beside it. The verdict comes next.
    add({ ...noClaim, claim: text.replace(/\s+/g, ' ').slice(0, 5_000), at: passage }, 'input[type="radio"]')
  }
  const addSelected = ({ drawn: part, extent }: Selected) => {
    const { from, to } = part.map.snap(extent) ?? extent
    addPassage(passageOf(part, extent, 'text'), part.map.text.slice(from, to))
    document.getSelection()?.removeAllRanges()
  }
  const addSelection = () => {
    const selected = selectedNow(parts, texts)
    if (selected) addSelected(selected)
    else say(t('claims.noSelection'))
  }
  const move = (index: number, by: 1 | -1) => {
    const to = index + by
    if (to < 0 || to >= claims.length) return
    change((before) => movedTo(before, index, to))
    say(t('claims.moved', { number: to + 1 }))
    focusClaim(to)
  }
  const remove = (index: number) => {
    change((before) => before.filter((_, at) => at !== index))
    say(t('claims.deleted', { number: index + 1 }))
    focusDrawn(() => box.current?.querySelector<HTMLElement>('[data-undo], [data-field]')?.focus())
  }
  const undo = () => {
    if (!undoable.canUndo) return false
    undoable.undo()
    return say(t('said.undone'))
  }
  const show = (index: number) => {
    const at = claims[index]?.at
    if (!at) return
    showTarget(at.target)
    requestAnimationFrame(() => {
      const [range] = drawn.flash(index)
      if (range) reveal(range)
      else say(t('notThere'))
    })
  }
  const setNone = (on: boolean) => undoable.change(() => (on ? { claims: [], none: true } : { claims: [] }))

  useEditorKeys(
    leads
      ? [
          {
            keys: 'm',
            label: t('keys.start'),
            group: 'answers',
            run: () => {
              const selected = selectedNow(parts, texts)
              if (selected) addSelected(selected)
              else setReading(true)
            },
          },
          { keys: 'a', label: t('claims.keys.add'), group: 'answers', run: () => add(noClaim) },
          { keys: 'Ctrl+z', label: t('keys.undo'), group: 'answers', run: undo },
        ]
      : [],
  )

  return (
    <div className="q sources" ref={box}>
      <p className="ask">
        {question.label}
        <span className="opt">
          {claims.length > 0
            ? t('claims.count', { count: claims.length })
            : question.required
              ? t('claims.atLeast', { count: question.minClaims })
              : t('workbench:text.optional')}
        </span>
      </p>
      {question.hint && <p className="hint">{question.hint}</p>}
      {claims.length > 1 && (
        <ClaimIndex question={question} claims={claims} onGo={(index) => focusClaim(index)} />
      )}
      {claims.length > 0 && (
        <ol className="claims" aria-label={t('claims.title')}>
          {claims.map((claim, index) => (
            <ClaimCard
              // biome-ignore lint/suspicious/noArrayIndexKey: claims have no name but their place.
              key={index}
              question={question}
              claim={claim}
              number={index + 1}
              last={index === claims.length - 1}
              keys={keys}
              onChange={(part, tag) =>
                change(
                  (before) => before.map((each, at) => (at === index ? withPart(each, part) : each)),
                  tag,
                )
              }
              onMove={(by) => move(index, by)}
              onDelete={() => remove(index)}
              onOpen={setLink}
              onShow={() => show(index)}
            />
          ))}
        </ol>
      )}
      {reading && (
        <CursorPanel
          parts={parts}
          texts={texts}
          nameOf={nameOf}
          onShow={showTarget}
          onChoose={(part, extent) => {
            setReading(false)
            addSelected({ drawn: part, extent, box: new DOMRect() })
          }}
          onLeave={() => {
            setReading(false)
            box.current?.querySelector<HTMLElement>('[data-field]')?.focus()
          }}
        />
      )}
      <div className="claim-acts">
        <Button size="s" data-field disabled={full} onClick={() => add(noClaim)}>
          <Plus className="icon" />
          {t('claims.add')} <kbd>A</kbd>
        </Button>
        <Button
          size="s"
          disabled={full}
          // The selection would be lost with the press.
          onPointerDown={(event) => event.preventDefault()}
          onClick={addSelection}
        >
          <TextQuote className="icon" />
          {t('claims.addSelection')} <kbd>M</kbd>
        </Button>
        {undoable.canUndo && (
          <Button look="quiet" size="s" data-undo onClick={undo}>
            <Undo2 className="icon" />
            {t('undo')}
          </Button>
        )}
      </div>
      {claims.length === 0 && (
        <label className="option">
          <input
            type="checkbox"
            checked={none === true}
            onChange={(event) => setNone(event.target.checked)}
          />
          <span className="what">{t('claims.none')}</span>
        </label>
      )}
      <p className="small faint" role="status">
        {said}
      </p>
      {link !== null && (
        <Suspense fallback={null}>
          <LinkDialog url={link} onClose={() => setLink(null)} />
        </Suspense>
      )}
      {aside}
    </div>
  )
}

/** A claim with a part of it changed; an empty comment is none. */
function withPart(claim: Claim, part: Partial<Claim>): Claim {
  const { comment, ...rest } = { ...claim, ...part }
  return comment ? { ...rest, comment } : rest
}
