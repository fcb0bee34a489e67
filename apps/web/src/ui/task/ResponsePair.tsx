import type { Message } from '@groundwork/contract'
import { countWords, messageTarget } from '@groundwork/contract/checks'
import { Check, Copy, Diff, Link2, Search } from 'lucide-react'
import { type CSSProperties, type ReactNode, useEffect, useId, useMemo } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../Button.tsx'
import { useCopy } from '../markdown/use-copy.ts'
import { areLong, isReady, LongMessage } from './LongMessage.tsx'
import type { Layout } from './layout.ts'
import { MessageView, type TextView } from './MessageView.tsx'
import { letter, textOf } from './message-text.ts'
import { responseOf, wantedTarget } from './shown-target.ts'
import { useLayout } from './use-layout.ts'
import type { ResponsesView } from './use-responses.ts'
import './task.css'

export type ResponseContent = { id: string; messages: Message[] }

/**
 * The responses in the order given, named A, B, … by their place, in the layout that the person or the form wants and the room allows;
 * where one is shown at a time, a switch says which. Put it into an element with the class `task-grid`.
 * @param chosen ids of the responses that the answer prefers
 */
export function ResponsePair({
  responses,
  view,
  layout: ofForm = 'side_by_side',
  shows = 'markdown',
  chosen = [],
  title,
}: {
  responses: readonly ResponseContent[]
  view: ResponsesView
  /** What the form asks for; the person's own choice goes before it. */
  layout?: Layout
  /** How the texts are shown. */
  shows?: TextView
  chosen?: readonly string[]
  /** What a response is called, where it is not a response. */
  title?: string | undefined
}) {
  const { t } = useTranslation()
  const group = useId()
  const { layout, ref } = useLayout(ofForm, responses.length)
  const { show } = view
  useEffect(
    () =>
      wantedTarget.subscribe(() => {
        const wanted = responseOf(wantedTarget.get()?.target ?? '')
        const position = responses.findIndex(({ id }) => id === wanted)
        if (position >= 0) show(position)
      }),
    [responses, show],
  )
  return (
    <div
      className="responses"
      data-layout={layout}
      ref={ref}
      style={{ '--columns': responses.length } as CSSProperties}
    >
      {responses.length > 1 && layout === 'one_at_a_time' && (
        <div className="switch">
          <div className="seg" role="radiogroup" aria-label={t('task.shown')}>
            {responses.map((response, position) => (
              <label key={response.id}>
                <input
                  type="radio"
                  name={group}
                  aria-label={t('task.response', { name: letter(position) })}
                  checked={view.shown === position}
                  onChange={() => view.show(position)}
                />
                <span>
                  {responses.length > 3 ? letter(position) : t('task.response', { name: letter(position) })}
                </span>
              </label>
            ))}
          </div>
          <DiffTool view={view} responses={responses.length} />
        </div>
      )}
      {responses.map((response, position) => (
        <Response
          key={response.id}
          response={response}
          position={position}
          view={view}
          shows={shows}
          heading={title && (responses.length > 1 ? `${title} ${letter(position)}` : title)}
          chosen={chosen.includes(response.id)}
          tools={
            responses.length > 1 && (
              <SharedTool position={position} view={view} responses={responses.length} layout={layout} />
            )
          }
        />
      ))}
    </div>
  )
}

/**
 * Tools that concern all responses stand once: scrolling together at the first, the diff at the second, or beside the switch where one
 * response is shown at a time.
 */
function SharedTool({
  position,
  view,
  responses,
  layout,
}: {
  position: number
  view: ResponsesView
  responses: number
  layout: Layout
}): ReactNode {
  const { t } = useTranslation()
  if (position === 0 && layout === 'side_by_side')
    return (
      <Button look="quiet" size="s" aria-pressed={view.synced} onClick={view.toggleSynced}>
        <Link2 className="icon" />
        <span>{t('task.syncedScroll')}</span>
      </Button>
    )
  if (position === 1 && layout !== 'one_at_a_time') return <DiffTool view={view} responses={responses} />
  return null
}

/** Of more than two responses it says with which one the others are compared. */
function DiffTool({ view, responses }: { view: ResponsesView; responses: number }) {
  const { t } = useTranslation()
  return (
    <>
      <Button look="quiet" size="s" aria-pressed={view.diff !== null} onClick={view.toggleDiff}>
        <Diff className="icon" />
        <span>{t('task.wordDiff')}</span>
      </Button>
      {view.diff !== null && responses > 2 && (
        <select
          className="input diff-with"
          aria-label={t('task.diffWith')}
          value={view.diff}
          onChange={(event) => view.compareWith(Number(event.target.value))}
        >
          {Array.from({ length: responses }, (_, position) => (
            <option key={letter(position)} value={position}>
              {t('task.comparedWith', { name: letter(position) })}
            </option>
          ))}
        </select>
      )}
    </>
  )
}

function Response({
  response,
  position,
  view,
  shows,
  heading,
  chosen,
  tools,
}: {
  response: ResponseContent
  position: number
  view: ResponsesView
  shows: TextView
  heading: string | undefined
  chosen: boolean
  tools: ReactNode
}) {
  const { t } = useTranslation()
  const titleId = useId()
  const name = letter(position)
  const text = useMemo(() => textOf(response.messages), [response.messages])
  const words = useMemo(() => countWords(text), [text])
  const [copied, copy] = useCopy()
  const { messages } = response
  // The first message is in sight: it waits only to be parsed.
  const waits = useMemo(
    () =>
      messages.map(
        (message, index) => areLong(messages) && (index > 0 || (shows === 'markdown' && !isReady(message))),
      ),
    [messages, shows],
  )
  const finding = view.finding === position
  return (
    <article
      className={`resp ${position > 0 ? 'after' : ''} ${chosen ? 'chosen' : ''} ${view.shown === position ? '' : 'away'}`}
      aria-labelledby={titleId}
    >
      <div className="resp-head">
        <h2 id={titleId}>{heading ?? t('task.response', { name })}</h2>
        <span className="meta num">{t('task.words', { count: words })}</span>
        {chosen && <span className="choice">{t('task.yourChoice')}</span>}
        <div className="end">
          {tools}
          <Button
            look="quiet"
            iconOnly
            aria-label={t('task.find', { name })}
            aria-expanded={finding}
            onClick={() => view.find(finding ? null : position)}
          >
            <Search className="icon" />
          </Button>
          <Button
            look="quiet"
            iconOnly
            aria-label={copied ? t('actions.copied') : t('task.copyResponse', { name })}
            onClick={() => copy(text)}
          >
            {copied ? <Check className="icon" /> : <Copy className="icon" />}
          </Button>
        </div>
      </div>
      <section
        ref={view.bodyRef(position)}
        className="resp-body"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        aria-label={t('task.responseText', { name })}
      >
        {response.messages.map((message, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: messages of one response do not move.
          <LongMessage key={index} message={message} at={waits[index] ? 'near' : 'once'}>
            {response.messages.length > 1 && <p className="who">{t(`task.roles.${message.role}`)}</p>}
            <MessageView message={message} target={messageTarget(response.id, index)} shows={shows} />
          </LongMessage>
        ))}
      </section>
    </article>
  )
}
