import type { ExportFormat, ExportTarget } from '@groundwork/contract'

/** What a row of a format looks like, for its picture. */
export type Shape = 'pair' | 'thumbs' | 'talk' | 'steps' | 'prompt' | 'votes' | 'boxes' | 'all'

/** A card: a trainer or a tool, and the format that it takes. */
export type Target = {
  id: TargetId
  format: ExportFormat
  shape: Shape
  margin?: 'strength'
}

const groups = {
  preference: [
    { id: 'trl-dpo', format: 'trl-preference', shape: 'pair' },
    { id: 'trl-reward', format: 'trl-preference', shape: 'pair', margin: 'strength' },
    { id: 'openai-dpo', format: 'openai-dpo', shape: 'pair' },
    { id: 'llama-factory', format: 'llama-factory', shape: 'pair' },
    { id: 'openrlhf', format: 'trl-preference', shape: 'pair' },
    { id: 'axolotl', format: 'axolotl', shape: 'pair' },
    { id: 'hh-rlhf', format: 'hh-rlhf', shape: 'pair' },
    { id: 'trl-kto', format: 'trl-unpaired', shape: 'thumbs' },
  ],
  demonstration: [
    { id: 'trl-sft', format: 'trl-sft', shape: 'talk' },
    { id: 'trl-completion', format: 'trl-prompt-completion', shape: 'talk' },
    { id: 'openai-sft', format: 'openai-sft', shape: 'talk' },
    { id: 'sharegpt', format: 'sharegpt', shape: 'talk' },
    { id: 'alpaca', format: 'alpaca', shape: 'talk' },
  ],
  reasoning: [
    { id: 'trl-prm', format: 'trl-stepwise', shape: 'steps' },
    { id: 'trl-prompts', format: 'trl-prompt-only', shape: 'prompt' },
    { id: 'openai-rft', format: 'openai-rft', shape: 'prompt' },
  ],
  tools: [
    { id: 'helpsteer3', format: 'helpsteer3', shape: 'votes' },
    { id: 'label-studio', format: 'label-studio', shape: 'votes' },
    { id: 'argilla', format: 'argilla', shape: 'votes' },
    { id: 'coco', format: 'coco', shape: 'boxes' },
  ],
  all: [{ id: 'raw', format: 'raw', shape: 'all' }],
} as const satisfies Record<
  string,
  readonly { id: string; format: ExportFormat; shape: Shape; margin?: 'strength' }[]
>

export type GroupId = keyof typeof groups
type TargetId = (typeof groups)[GroupId][number]['id']

export const targetGroups = Object.entries(groups) as [GroupId, readonly Target[]][]
const all: Target[] = targetGroups.flatMap(([, members]) => members)

export const targetOf = (id: string): Target | undefined => all.find((each) => each.id === id)

/** Questions that say what a form is for, before those that feed a format only with a threshold or in passing. */
const telling = ['boxes', 'steps', 'preference', 'ranking', 'rewrite', 'turns', 'text', 'scale', 'choice']

/** The card that fits the form best: the first one that its most telling question feeds. */
export const firstTarget = (known: readonly ExportTarget[]): Target => {
  const rank = ({ format }: Target): number => {
    const target = known.find((each) => each.format === format)
    if (!target?.feeds) return Number.POSITIVE_INFINITY
    const ranks = target.questions.map(({ type }) => telling.indexOf(type)).filter((at) => at >= 0)
    return Math.min(telling.length, ...ranks)
  }
  const best = all.toSorted((one, other) => rank(one) - rank(other))[0]
  return best && Number.isFinite(rank(best)) ? best : (targetOf('raw') as Target)
}
