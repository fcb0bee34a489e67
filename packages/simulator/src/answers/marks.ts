import {
  type AnswerTask,
  type BoxesAnswer,
  type BoxesQuestion,
  partsOf,
  type SourcesAnswer,
  type SourcesQuestion,
  type SpansAnswer,
  type SpansQuestion,
  type StepsAnswer,
  type StepsQuestion,
  stepsOf,
} from '@groundwork/contract'
import type { Random } from '../random.ts'
import { between, one } from './draw.ts'
import type { Draw } from './random-answer.ts'
import { sentence } from './writing.ts'

/** How many marks somebody makes who does not have to make more. */
const FEW = 3
/** How often there is nothing to mark. */
const NOTHING = 0.15
/** Size taken for an image that does not say its own, in pixels. */
const SIZE = 64

type Passage = { target: string; part: number; start: number; end: number; quote: string }

/** A passage of a few words, or of whole lines; undefined when the texts are empty. */
function passage(
  random: Random,
  texts: ReturnType<typeof textsOf>,
  unit: 'text' | 'line',
): Passage | undefined {
  const full = texts.filter(({ text }) => text.trim() !== '')
  if (full.length === 0) return undefined
  const { target, part, text } = one(random, full)
  const points = Array.from(text)
  let start = between(random, 0, points.length - 1)
  let end = Math.min(points.length, start + between(random, 1, 40))
  if (unit === 'line') {
    start = points.lastIndexOf('\n', Math.max(start - 1, 0)) + 1
    const next = points.indexOf('\n', start)
    end = next < 0 ? points.length : Math.max(next, start + 1)
  }
  const quote = points.slice(start, end).join('')
  return { target, part, start, end, quote }
}

const textsOf = (task: AnswerTask, of: 'candidates' | 'context' | 'all') =>
  partsOf(task, of).filter((part) => part.kind === 'text')

export function randomSpans(question: SpansQuestion, { task, random, wild }: Draw): SpansAnswer {
  const texts = textsOf(task, question.of)
  const count = random() < NOTHING ? 0 : between(random, 1, Math.min(FEW, question.max))
  const spans = Array.from({ length: count }, () => {
    const at = passage(random, texts, question.unit)
    if (!at) return undefined
    const comments = question.comment === 'required' || (question.comment === 'optional' && random() < 0.5)
    return {
      ...at,
      category: one(random, question.categories).value,
      ...(question.severities.length > 0 && { severity: one(random, question.severities).value }),
      ...(comments && { comment: sentence(random, wild) }),
    }
  }).filter((span) => span !== undefined)
  return spans.length > 0 ? { spans } : { spans: [], none: true }
}

export function randomSteps(
  question: StepsQuestion,
  { task, random, wild }: Draw,
  target: string,
): StepsAnswer | undefined {
  const candidate = target === '' ? task.candidates[0] : task.candidates.find(({ id }) => id === target)
  const texts = candidate ? stepsOf(candidate, question.split) : []
  if (!candidate || texts.length === 0) return undefined
  let wrong = false
  return {
    candidate: candidate.id,
    steps: texts.map((text) => {
      if (wrong && question.mode === 'first_error') return { text, label: null }
      const chance = random()
      const label = chance < 0.2 ? -1 : question.neutral && chance < 0.3 ? 0 : 1
      if (label !== -1) return { text, label }
      wrong = true
      const betters = question.better === 'required' || (question.better === 'optional' && random() < 0.5)
      return {
        text,
        label,
        ...(betters && { better: sentence(random, wild) }),
        ...(random() < 0.3 && { comment: sentence(random, wild) }),
      }
    }),
  }
}

export function randomBoxes(question: BoxesQuestion, { task, random }: Draw): BoxesAnswer {
  const images = partsOf(task).filter((part) => part.kind === 'image')
  const count =
    images.length === 0 || random() < NOTHING ? 0 : between(random, 1, Math.min(FEW, question.max))
  const boxes = Array.from({ length: count }, () => {
    const { target, part, width = SIZE, height = SIZE } = one(random, images)
    const at = { target, part, label: one(random, question.labels).value }
    const [left, top] = [random() * width * 0.7, random() * height * 0.7]
    const [wide, high] = [width * (0.05 + random() * 0.2), height * (0.05 + random() * 0.2)]
    const shape = one(random, question.shapes)
    if (shape === 'rectangle') return { ...at, shape, x: left, y: top, width: wide, height: high }
    const points: [number, number][] = [
      [left, top],
      [left + wide, top],
      [left + wide / 2, top + high],
    ]
    return { ...at, shape, points }
  })
  return boxes.length > 0 ? { boxes } : { boxes: [], none: true }
}

export function randomSources(question: SourcesQuestion, { task, random, wild }: Draw): SourcesAnswer {
  const texts = textsOf(task, 'candidates')
  if (random() < NOTHING) return { claims: [], none: true }
  const least = Math.min(question.minClaims, question.max)
  const count = between(random, least, Math.min(question.max, Math.max(least, FEW)))
  const claims = Array.from({ length: count }, () => {
    const at = random() < 0.7 ? passage(random, texts, 'line') : undefined
    const said = at?.quote.trim().slice(0, 2_000)
    const verdict = one(random, question.verdicts).value
    const cites = question.sourceFor.includes(verdict) || random() < 0.4
    return {
      claim: said ? said.toWellFormed() : sentence(random, wild),
      ...(at && { at }),
      verdict,
      sources: cites
        ? [
            {
              url: `https://source-${between(random, 1, 9)}.example/page?q=${between(random, 1, 99)}#part`,
              ...(random() < 0.5 && { quote: sentence(random, wild) }),
            },
          ]
        : [],
      ...(random() < 0.3 && { comment: sentence(random, wild) }),
    }
  })
  return { claims }
}
