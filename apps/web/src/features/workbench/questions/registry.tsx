import type { Form, Question, ShownTask } from '@groundwork/contract'
import { type ComponentType, lazy, type ReactNode, Suspense } from 'react'
import { useHeldKeys } from '../../../ui/keys/held-keys.ts'

export type QuestionViewProps<Q extends Question = Question> = {
  /** Of a question that is asked of each response or message, `label` is the name of the one that this is about. */
  question: Q
  /** The value so far, half-finished perhaps; of one target where the question is asked of each. */
  value: unknown
  onChange: (value: unknown) => void
  task: ShownTask
  /** Ids of the candidates in the order in which they stand on the screen. */
  candidates: readonly string[]
  /** The response or message that it is about, for a question that is asked of each. */
  target?: string | undefined
  /** Whether this question listens to the single keys of its type; one question of a form does. */
  ownsKeys: boolean
  /** Called when a single key has given a whole answer: the next open question becomes active. */
  onAnswered?: (() => void) | undefined
  /** One of several in a grid: controls without a heading, named by `label`. */
  compact?: boolean | undefined
  /** Shown at the end of the question, such as where the draft is. */
  aside?: ReactNode
}

type View<T extends Question['type']> = ComponentType<QuestionViewProps<Extract<Question, { type: T }>>>
type Loaded<V> = () => Promise<{ default: V }>

/** A view that is loaded when it is first drawn, or before by `load`. */
const view = <P extends object>(load: Loaded<ComponentType<P>>) => Object.assign(lazy(load), { load })

/**
 * One view per question type; a new type is one folder here and one line in this table. Each is loaded when a form asks for it.
 * A view draws one `.q` element with its label first; the field that is written in carries `data-field`, so that going to the
 * question puts the cursor there, and what a fault can name within it (an axis, a claim) carries `data-part`.
 */
const views: { [T in Question['type']]?: View<T> & { load: () => Promise<unknown> } } = {
  preference: view(() => import('./preference/PreferenceView.tsx')),
  scale: view(() => import('./scale/ScaleView.tsx')),
  choice: view(() => import('./choice/ChoiceView.tsx')),
  text: view(() => import('./text/TextView.tsx')),
  multichoice: view(() => import('./choice/MultichoiceView.tsx')),
  ranking: view(() => import('./ranking/RankingView.tsx')),
  rewrite: view(() => import('./rewrite/RewriteView.tsx')),
  spans: view(() => import('./spans/SpansView.tsx')),
  sources: view(() => import('./sources/SourcesView.tsx')),
  steps: view(() => import('./steps/StepsView.tsx')),
  turns: view(() => import('./turns/TurnsView.tsx')),
  boxes: view(() => import('./boxes/BoxesView.tsx')),
}

/** Least height of a view while it is loaded, in rem. */
const heights: Partial<Record<Question['type'], number>> = {
  ranking: 12,
  multichoice: 9,
  spans: 8,
  steps: 16,
  rewrite: 24,
  turns: 20,
  sources: 16,
  boxes: 30,
}

/** Questions that need the width of the responses; the others stand in the rail. */
export const isWide = (question: Question): boolean =>
  ['rewrite', 'steps', 'boxes', 'sources', 'turns'].includes(question.type) ||
  (question.type === 'text' && question.format === 'markdown')

/** Loads what a form may ask, so that it is there at once when an answer brings it. */
export function preloadViews(form: Form): void {
  // A view that could not be loaded is asked for again when it is drawn, and says so then.
  for (const { type } of form.questions) views[type]?.load().catch(() => undefined)
}

export function QuestionView(props: QuestionViewProps) {
  const { question, ownsKeys } = props
  const { type, label } = question
  const View = views[type] as ComponentType<QuestionViewProps> | undefined
  if (!View) return null
  return (
    <Suspense fallback={<Loading label={label} height={heights[type] ?? 6} ownsKeys={ownsKeys} />}>
      <View {...props} />
    </Suspense>
  )
}

/** Stands where a view will be. Whoever knows the form presses its keys already. */
function Loading({ label, height, ownsKeys }: { label: string; height: number; ownsKeys: boolean }) {
  useHeldKeys(ownsKeys)
  return (
    <div className="q" aria-busy="true" style={{ minBlockSize: `${height}rem` }}>
      <p className="ask">{label}</p>
    </div>
  )
}
