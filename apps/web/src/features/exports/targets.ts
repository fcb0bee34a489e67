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

/** The first card that the form can feed. */
export const firstTarget = (known: readonly ExportTarget[]): Target =>
  all.find(({ format }) => known.some((each) => each.format === format && each.feeds)) ??
  (targetOf('raw') as Target)
