import type { Assignment } from '@groundwork/contract'
import { useQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronUp } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { Markdown } from '../../../ui/markdown/Markdown.tsx'
import { parsedMarkdown } from '../../../ui/markdown/parsed.ts'
import { useStore } from '../../../ui/store.ts'
import { reveal } from '../../../ui/task/find.ts'
import { findIn, setMarks } from '../../../ui/task/marks.ts'
import { GuidelineChanges } from './GuidelineChanges.tsx'
import { guidelineQuery, markRead, opened, openedKey } from './guideline-read.ts'
import { type GuidelineSection, sectionsOf } from './guideline-sections.ts'

/** The guideline: what changed since it was read last, its contents, a search, and the text with its examples folded. */
export function GuidelineView({
  assignment,
}: {
  assignment: Pick<Assignment, 'id' | 'projectId' | 'guideline'>
}) {
  const { t } = useTranslation('desk')
  const { id, projectId, guideline } = assignment
  const { data } = useQuery(guidelineQuery(id, projectId, guideline.version))
  const text = useRef<HTMLDivElement>(null)
  const sections = useMemo(() => {
    const root = parsedMarkdown(guideline.markdown)
    return root ? sectionsOf(guideline.markdown, root) : null
  }, [guideline.markdown])
  const titled = sections?.filter(({ title }) => title !== '') ?? []
  const before = data?.lastRead
  const changed = before != null && before.version < guideline.version
  const unread = !useStore(opened).has(openedKey(projectId, guideline.version)) && changed
  const gotIt = useCallback(
    () => markRead(id, projectId, guideline.version),
    [id, projectId, guideline.version],
  )
  // Without a change opening it is enough.
  useEffect(() => {
    if (data && !changed) gotIt()
  }, [data, changed, gotIt])
  useReadToEnd(text, unread, gotIt)

  const goTo = (section: GuidelineSection) => {
    const element = document.getElementById(section.id)
    if (element instanceof HTMLDetailsElement) element.open = true
    element?.scrollIntoView({ block: 'start' })
    element?.querySelector<HTMLElement>('summary, h3, h4')?.focus({ preventScroll: true })
  }
  return (
    <div className="guideline">
      {data && guideline.version > 1 && (
        <GuidelineChanges
          assignment={assignment}
          before={changed ? before : null}
          unread={unread}
          onRead={gotIt}
        />
      )}
      <GuidelineSearch text={text} />
      {titled.length > 2 && (
        <details className="contents">
          <summary>{t('guideline.contents')}</summary>
          <ul>
            {titled.map((section) => (
              <li key={section.id} data-depth={section.depth}>
                <Button className="link" onClick={() => goTo(section)}>
                  {section.title}
                </Button>
              </li>
            ))}
          </ul>
        </details>
      )}
      <div ref={text}>
        {sections ? (
          sections.map((section) => <Section key={section.id} section={section} />)
        ) : (
          <Markdown text={guideline.markdown} />
        )}
      </div>
    </div>
  )
}

function Section({ section: { id, depth, title, body, example } }: { section: GuidelineSection }) {
  if (example)
    return (
      <details id={id} className="example">
        <summary>{title}</summary>
        <Markdown text={body} />
      </details>
    )
  const Level = depth <= 1 ? 'h3' : 'h4'
  return (
    <section id={id}>
      {title && (
        <Level dir="auto" tabIndex={-1}>
          {title}
        </Level>
      )}
      {body && <Markdown text={body} />}
    </section>
  )
}

/** Tells once when somebody has scrolled to the end of a text. */
function useReadToEnd(text: { current: HTMLElement | null }, waits: boolean, onEnd: () => void): void {
  useEffect(() => {
    if (!waits) return
    const onScroll = ({ target }: Event) => {
      const element = text.current
      if (!element || !(target instanceof Element) || !target.contains(element)) return
      const end = element.getBoundingClientRect().bottom
      if (end <= target.getBoundingClientRect().bottom + 8) onEnd()
    }
    document.addEventListener('scroll', onScroll, { capture: true, passive: true })
    return () => document.removeEventListener('scroll', onScroll, { capture: true })
  }, [text, waits, onEnd])
}

function GuidelineSearch({ text }: { text: { current: HTMLElement | null } }) {
  const { t } = useTranslation(['desk', 'common'])
  const [wanted, setWanted] = useState('')
  const [found, setFound] = useState<Range[]>([])
  const [at, setAt] = useState(0)
  useEffect(() => {
    setFound(text.current ? findIn(text.current, wanted) : [])
    setAt(0)
  }, [text, wanted])
  useEffect(() => {
    const current = found[at]
    setMarks('guideline-match', found)
    setMarks('guideline-current', current ? [current] : [])
    if (current) reveal(current)
    return () => {
      setMarks('guideline-match', [])
      setMarks('guideline-current', [])
    }
  }, [found, at])
  const step = (by: number) => setAt(found.length === 0 ? 0 : (at + by + found.length) % found.length)
  return (
    <search className="guideline-search">
      <input
        className="input"
        type="search"
        aria-label={t('guideline.search')}
        placeholder={t('guideline.search')}
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          step(event.shiftKey ? -1 : 1)
          event.preventDefault()
        }}
      />
      <span className="faint small num nowrap" role="status">
        {wanted.trim() !== '' &&
          (found.length > 0
            ? t('common:task.findCount', { index: at + 1, count: found.length })
            : t('common:task.findNone'))}
      </span>
      {found.length > 1 && (
        <>
          <Button look="quiet" iconOnly aria-label={t('common:task.findPrevious')} onClick={() => step(-1)}>
            <ChevronUp className="icon" />
          </Button>
          <Button look="quiet" iconOnly aria-label={t('common:task.findNext')} onClick={() => step(1)}>
            <ChevronDown className="icon" />
          </Button>
        </>
      )}
    </search>
  )
}
