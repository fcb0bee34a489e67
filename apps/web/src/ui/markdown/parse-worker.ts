import { parseMarkdown } from './parse.ts'

/** Parses a text in a thread of its own; asked by `parse-beside.ts`. */
addEventListener('message', ({ data: { id, text } }: MessageEvent<{ id: number; text: string }>) => {
  postMessage({ id, tree: parseMarkdown(text) })
})
