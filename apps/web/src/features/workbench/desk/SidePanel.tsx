import type { Assignment } from '@groundwork/contract'
import { X } from 'lucide-react'
import {
  type KeyboardEvent,
  type PointerEvent,
  Suspense,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { bindings, boundKey } from '../../../ui/keys/bindings.ts'
import { matchesKey } from '../../../ui/keys/key-match.ts'
import { useStore } from '../../../ui/store.ts'
import { GuidelineView } from './GuidelineView.tsx'
import { NotesPad } from './NotesPad.tsx'
import { beforePanel, noteWanted, type PanelTab, panel, showPanel, wasOpened } from './panel.ts'
import './desk.css'

const [LEAST, MOST] = [260, 720]

/** Guideline and notes: docked beside the task where there is room, over it on a small screen. */
export function SidePanel({
  assignment,
  tab,
  isOver,
  onClose,
}: {
  assignment: Pick<Assignment, 'id' | 'projectId' | 'guideline'>
  tab: PanelTab
  /** Stands over the task. */
  isOver: boolean
  onClose: () => void
}) {
  const { t } = useTranslation(['desk', 'common'])
  const pad = useRef<HTMLTextAreaElement>(null)
  // Another tab by its key: the focus goes along when it was on the one before.
  useEffect(() => {
    const now = document.getElementById(`panel-tab-${tab}`)
    if (now?.parentElement?.contains(document.activeElement)) now.focus()
  }, [tab])
  const tabs = (
    <div className="panel-tabs" role="tablist" aria-label={t('panel.title')}>
      {(['guideline', 'notes'] as const).map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          id={`panel-tab-${each}`}
          aria-selected={tab === each}
          aria-controls="panel-body"
          tabIndex={tab === each ? 0 : -1}
          onClick={() => showPanel(each)}
          onKeyDown={(event) => {
            if (!['ArrowLeft', 'ArrowRight'].includes(event.key)) return
            const other = each === 'guideline' ? 'notes' : 'guideline'
            showPanel(other)
            document.getElementById(`panel-tab-${other}`)?.focus()
          }}
        >
          {each === 'guideline'
            ? t('guideline.title', { version: assignment.guideline.version })
            : t('notes.title')}
        </button>
      ))}
    </div>
  )
  const body = (
    <div className="panel-body" id="panel-body" role="tabpanel" aria-labelledby={`panel-tab-${tab}`}>
      <Suspense fallback={null}>
        {tab === 'guideline' ? (
          <GuidelineView key={assignment.projectId} assignment={assignment} />
        ) : (
          <NotesPad projectId={assignment.projectId} field={pad} />
        )}
      </Suspense>
    </div>
  )
  if (isOver)
    return (
      <Dialog
        open
        onClose={onClose}
        shape="panel"
        title={t('panel.title')}
        {...(tab === 'notes' && { initialFocus: pad })}
      >
        {tabs}
        {body}
      </Dialog>
    )
  return (
    <Docked label={t('panel.title')} onClose={onClose} head={tabs} closeLabel={t('common:actions.close')}>
      {body}
    </Docked>
  )
}

/** Keys that mean the panel itself, or help, from inside of it, too. */
const own = [
  ['guideline', 'g'],
  ['notes', 'p'],
  ['help', '?'],
] as const

function isKeyOfTask(event: globalThis.KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.key === 'Escape') return false
  const bound = bindings.get()
  return !own.some(([id, key]) => matchesKey(event, boundKey(bound, id, key)))
}

function Docked({
  label,
  closeLabel,
  onClose,
  head,
  children,
}: {
  label: string
  closeLabel: string
  onClose: () => void
  head: React.ReactNode
  children: React.ReactNode
}) {
  const { t } = useTranslation('desk')
  const kept = useStore(panel).width
  const [width, setWidth] = useState(kept)
  const frame = useRef<HTMLElement>(null)

  // Before the paint: whoever sees it may leave it by Escape at once.
  useLayoutEffect(() => {
    const panel = frame.current
    if (wasOpened() && !noteWanted.get() && !panel?.contains(document.activeElement))
      panel?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus()
    return () => {
      const { element } = beforePanel
      if (!panel?.contains(document.activeElement) && document.activeElement !== document.body) return
      if (element instanceof HTMLElement && element.isConnected) element.focus({ preventScroll: true })
    }
  }, [])

  const within = (value: number) => Math.round(Math.min(MOST, Math.max(LEAST, value)))
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const box = frame.current?.getBoundingClientRect()
    if (!box) return
    const rtl = getComputedStyle(document.documentElement).direction === 'rtl'
    setWidth(within(rtl ? event.clientX - box.left : box.right - event.clientX))
  }
  const keep = (value: number) => {
    setWidth(value)
    panel.set({ ...panel.get(), width: value })
  }
  const onResizeKey = (event: KeyboardEvent) => {
    const step = { ArrowLeft: 24, ArrowRight: -24 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    keep(within(width + step))
  }
  return (
    <aside
      className="wb-panel"
      ref={frame}
      aria-label={label}
      style={{ inlineSize: `${width}px` }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose()
        // Whoever reads or writes here does not mean the task.
        if (isKeyOfTask(event.nativeEvent)) event.stopPropagation()
      }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a separator that is moved is no line between texts. */}
      <div
        className="panel-resize"
        role="separator"
        aria-orientation="vertical"
        aria-label={t('panel.width')}
        aria-valuenow={width}
        aria-valuemin={LEAST}
        aria-valuemax={MOST}
        tabIndex={0}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onPointerUp={() => keep(width)}
        onKeyDown={onResizeKey}
      />
      <div className="panel-head">
        {head}
        <Button look="quiet" iconOnly aria-label={closeLabel} onClick={onClose}>
          <X className="icon" />
        </Button>
      </div>
      {children}
    </aside>
  )
}
