import type { Box, BoxesAnswer, BoxesQuestion } from '../questions/boxes.ts'
import type { SourcesAnswer, SourcesQuestion } from '../questions/sources.ts'
import type { SpansAnswer, SpansQuestion } from '../questions/spans.ts'
import type { StepsAnswer, StepsQuestion } from '../questions/steps.ts'
import { type Check, issue, ofEach } from './issues.ts'
import { type AnswerTask, partsOf, sliceCodePoints, stepsOf } from './task-parts.ts'

export const checkSpans: Check<SpansQuestion, SpansAnswer> = (question, value, path, task) => [
  ...checkNone(value.spans, value.none, path),
  ...tooMany(value.spans, question.max, `${path}.spans`),
  ...ofEach(value.spans, `${path}.spans`, (span, at) => [
    ...checkQuote(span, at, task, question.of),
    ...checkOption(span.category, question.categories, `${at}.category`),
    ...(question.severities.length > 0 && !span.severity
      ? [issue(`${at}.severity`, 'required', 'Say how severe it is.')]
      : span.severity
        ? checkOption(span.severity, question.severities, `${at}.severity`)
        : []),
    ...(question.comment === 'required' && !span.comment?.trim()
      ? [issue(`${at}.comment`, 'required', 'Say what is wrong here.')]
      : []),
  ]),
]

export const checkBoxes: Check<BoxesQuestion, BoxesAnswer> = (question, value, path, task) => [
  ...checkNone(value.boxes, value.none, path),
  ...tooMany(value.boxes, question.max, `${path}.boxes`),
  ...ofEach(value.boxes, `${path}.boxes`, (box, at) => [
    ...checkOption(box.label, question.labels, `${at}.label`),
    ...(question.shapes.includes(box.shape)
      ? []
      : [issue(`${at}.shape`, 'shape_not_offered', `This question takes no ${box.shape}s.`)]),
    ...(task ? checkPlace(box, at, task) : []),
  ]),
]

/** A shape lies on an image of the task, and inside it where its size is known. */
function checkPlace(box: Box, at: string, task: AnswerTask) {
  const image = partsOf(task).find(
    (part) => part.kind === 'image' && part.target === box.target && part.part === box.part,
  )
  if (image?.kind !== 'image') {
    return [issue(`${at}.target`, 'unknown_image', 'The task has no such image.')]
  }
  const { right, bottom } = cornerOf(box)
  return right > (image.width ?? Number.POSITIVE_INFINITY) ||
    bottom > (image.height ?? Number.POSITIVE_INFINITY)
    ? [
        issue(
          at,
          'outside_image',
          `It reaches past the edge of the image, which has ${image.width} × ${image.height} pixels.`,
        ),
      ]
    : []
}

/** The lower right corner of a shape, in pixels. No shape begins above or to the left of an image. */
function cornerOf(box: Box): { right: number; bottom: number } {
  if (box.shape === 'rectangle') {
    // Sums of fractions that end at the edge may pass it by the last digit of a double.
    const rounded = (value: number) => Math.round(value * 1e6) / 1e6
    return { right: rounded(box.x + box.width), bottom: rounded(box.y + box.height) }
  }
  return {
    right: Math.max(...box.points.map(([x]) => x)),
    bottom: Math.max(...box.points.map(([, y]) => y)),
  }
}

export const checkSteps: Check<StepsQuestion, StepsAnswer> = (question, value, path, task) => {
  const candidate = task?.candidates.find(({ id }) => id === value.candidate)
  if (task && !candidate) {
    return [issue(`${path}.candidate`, 'unknown_candidate', `The task has no response "${value.candidate}".`)]
  }
  if (candidate) {
    const steps = stepsOf(candidate, question.split)
    if (
      steps.length !== value.steps.length ||
      steps.some((text, index) => text !== value.steps[index]?.text)
    ) {
      return [issue(`${path}.steps`, 'steps_differ', 'These are not the steps of this response.')]
    }
  }
  const first = value.steps.findIndex(({ label }) => label === -1)
  const end = question.mode === 'first_error' && first >= 0 ? first : value.steps.length - 1
  const open = value.steps.filter(({ label }, index) => index <= end && label === null).length
  return [
    ...(open > 0 ? [issue(`${path}.steps`, 'steps_open', `${open} steps are not judged yet.`)] : []),
    ...ofEach(value.steps, `${path}.steps`, ({ label, better }, at) => {
      const index = Number(at.slice(at.lastIndexOf('.') + 1))
      if (index > end && label !== null) {
        return [issue(`${at}.label`, 'after_first_error', 'Steps after the first error are not judged.')]
      }
      if (label === 0 && !question.neutral) {
        return [issue(`${at}.label`, 'value_not_offered', 'This question does not offer "neutral".')]
      }
      return label === -1 && question.better === 'required' && !better?.trim()
        ? [issue(`${at}.better`, 'required', `Write a better step ${index + 1}.`)]
        : []
    }),
  ]
}

export const checkSources: Check<SourcesQuestion, SourcesAnswer> = (question, value, path, task) => {
  const at = `${path}.claims`
  const few = !value.none && value.claims.length < question.minClaims
  return [
    ...checkNone(value.claims, value.none, path),
    ...(few && value.claims.length > 0
      ? [issue(at, 'too_few', `At least ${question.minClaims} claims; there are ${value.claims.length}.`)]
      : []),
    ...tooMany(value.claims, question.max, at),
    ...ofEach(value.claims, at, (claim, place) => [
      ...(claim.claim.trim() === '' ? [issue(`${place}.claim`, 'empty', 'Write the claim.')] : []),
      ...checkOption(claim.verdict, question.verdicts, `${place}.verdict`),
      ...(claim.at ? checkQuote(claim.at, `${place}.at`, task) : []),
      ...(question.sourceFor.includes(claim.verdict) && claim.sources.length === 0
        ? [issue(`${place}.sources`, 'source_missing', 'This verdict needs a source.')]
        : []),
      ...ofEach(claim.sources, `${place}.sources`, ({ url }, there) =>
        isWebAddress(url)
          ? []
          : [issue(`${there}.url`, 'no_address', 'Give a whole address, such as https://example.org/page.')],
      ),
    ]),
  ]
}

/** Whether a text is a whole http or https address. */
export function isWebAddress(text: string): boolean {
  const url = URL.parse(text.trim())
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname.includes('.')
}

/** An answer without a mark has to say that there is none, and one with marks cannot. */
const checkNone = (marks: readonly unknown[], none: true | undefined, path: string) =>
  none && marks.length > 0
    ? [issue(`${path}.none`, 'none_with_marks', 'There are marks, so it cannot be that there is nothing.')]
    : !none && marks.length === 0
      ? [issue(path, 'nothing_marked', 'Mark something, or say that there is nothing to mark.')]
      : []

const tooMany = (marks: readonly unknown[], most: number, path: string) =>
  marks.length > most ? [issue(path, 'too_many', `At most ${most}; there are ${marks.length}.`)] : []

const checkOption = (value: string, options: readonly { value: string }[], path: string) =>
  options.some((option) => option.value === value)
    ? []
    : [
        issue(
          path,
          'value_not_offered',
          value === '' ? 'Choose one.' : `"${value}" is not one of the options.`,
        ),
      ]

type Quoted = { target: string; part: number; start: number; end: number; quote: string }

function checkQuote(
  { target, part, start, end, quote }: Quoted,
  path: string,
  task: AnswerTask | undefined,
  of: 'candidates' | 'context' | 'all' = 'all',
) {
  if (end <= start) return [issue(`${path}.end`, 'empty_span', 'The passage has no text.')]
  if (!task) return []
  const source = partsOf(task, of).find((each) => each.target === target && each.part === part)
  if (source?.kind !== 'text') {
    return [issue(`${path}.target`, 'unknown_target', 'There is no such text to mark in.')]
  }
  return sliceCodePoints(source.text, start, end) === quote
    ? []
    : [issue(`${path}.quote`, 'quote_differs', 'The quote is not what stands at this place of the text.')]
}
