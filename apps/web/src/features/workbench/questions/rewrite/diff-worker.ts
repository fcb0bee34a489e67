import { diffTexts, type TextDiff } from './text-diff.ts'

/** A comparison to make; `id` comes back with it. */
export type DiffJob = { id: number; original: string; text: string }
export type DiffDone = { id: number; diff: TextDiff }

// Of the worker's scope, whose types do not live with those of a page.
const scope = self as unknown as {
  onmessage: (event: MessageEvent<DiffJob>) => void
  postMessage: (done: DiffDone) => void
}
scope.onmessage = ({ data: { id, original, text } }) => {
  scope.postMessage({ id, diff: diffTexts(original, text) })
}
