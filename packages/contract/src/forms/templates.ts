import type { Form } from './form.ts'

/** A template: the data from which a project's form starts. */
export type Template = {
  id: string
  name: string
  description: string
  form: Form
  /** A sensible estimate for one judgment, shown in the wizard as the starting value. */
  estimateSeconds: number
  guideline: string
}

const compareResponses: Template = {
  id: 'compare-responses',
  name: 'Compare two responses',
  description: 'Two answers to one prompt, side by side. Trainers say which is better, how clearly, and why.',
  estimateSeconds: 180,
  form: {
    blocks: [{ type: 'context' }, { type: 'candidates', layout: 'side_by_side' }],
    questions: [
      {
        id: 'preference',
        type: 'preference',
        label: 'Which response is better?',
        required: true,
        ties: ['tie', 'both_good', 'both_bad'],
      },
      { id: 'reason', type: 'text', label: 'Why?', required: false, minWords: 0, maxCharacters: 20_000 },
    ],
  },
  guideline: `# What to judge

Read the whole conversation, then both responses to the end. Choose the response that you would rather have received.

## In this order

1. **Right.** A response that is wrong on a point that matters loses to one that is right, however well it reads.
2. **Does what was asked.** Length, format, language and limits of the request are part of the task.
3. **Useful.** Complete where it counts, nothing that has to be undone.
4. **Clear.** Order, tone and format serve the reader.

## How strong

| choice | means |
| --- | --- |
| 1 or 7 | the difference decides the task |
| 2 or 6 | clear, on a point that matters |
| 3 or 5 | close, but you would pick it again |
| tie | neither is ahead |
| both good, both bad | either would do, neither may be used |

## Why

Name the point that decided it, so that somebody who disagrees knows where to look.

## Flag instead of guessing

Flag a task that is broken, unsafe, in a language that you do not read, or that shows private data. Flagging costs you nothing.
`,
}

/** All templates by id. A template is data only; a new task kind adds an entry here and no code path. */
export const templates: Record<string, Template> = { 'compare-responses': compareResponses }
