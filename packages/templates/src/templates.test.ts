import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { isCleanText, partsOf, validateAnswer } from '@groundwork/contract'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { type Template, type TemplateTask, templates } from './index.ts'

const all = [...templates.values()]
const workbenchKeys = ['s', 'f', 'g', 'h', 'j', 'k']
const headings = [
  'In this order',
  'Worked examples',
  'Edge cases',
  'When to flag',
  'How your answers are used',
]

test('the gallery offers every kind of task, comparing two responses first', () => {
  expect(all[0]?.id).toBe('compare-responses')
  expect([...templates.keys()].sort()).toEqual([
    'accuracy-helpfulness-safety',
    'check-steps',
    'compare-responses',
    'fact-check',
    'financial-answer-review',
    'grade-rubric',
    'image-boxes',
    'image-tags',
    'legal-answer-review',
    'mark-errors',
    'medical-answer-review',
    'rank-responses',
    'review-code',
    'rewrite-response',
    'sentiment-topics',
    'translation-review',
    'write-conversation',
    'write-demonstration',
    'write-prompt',
  ])
})

test('together the templates use every type of question', () => {
  const types = new Set(all.flatMap(({ form }) => form.questions.map(({ type }) => type)))
  expect([...types].sort()).toEqual([
    'boxes',
    'choice',
    'multichoice',
    'preference',
    'ranking',
    'rewrite',
    'scale',
    'sources',
    'spans',
    'steps',
    'text',
    'turns',
  ])
})

describe.each(all.map((template) => [template.id, template] as const))('%s', (_, template) => {
  test('bears the name of its folder and says in a line or two what it is', () => {
    expect(basename(template.folder)).toBe(template.id)
    expect(template.description.length).toBeGreaterThan(40)
    expect(template.description.length).toBeLessThan(240)
  })

  test('has a guideline with the usual headings', () => {
    const found = template.guideline.split('\n').flatMap((line) => /^#+ (.+)$/.exec(line)?.[1] ?? [])
    expect(found).toEqual(expect.arrayContaining(headings))
    expect(found[0]).toMatch(/^What to (judge|write|do|mark|check|review)$/)
  })

  test('has six tasks or more, each with an id of its own', () => {
    const ids = template.tasks.map(({ task }) => task.externalId)
    expect(ids.length).toBeGreaterThanOrEqual(6)
    expect(ids).not.toContain(undefined)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('answers are valid, and each question is answered somewhere', () => {
    for (const { task, answer } of template.tasks) {
      expect(validateAnswer(template.form, answer, task), task.externalId).toEqual([])
    }
    const answered = new Set(template.tasks.flatMap(({ answer }) => Object.keys(answer)))
    expect(template.form.questions.map(({ id }) => id).filter((id) => !answered.has(id))).toEqual([])
  })

  test('leaves the keys of the workbench alone', () => {
    const used = template.form.questions.flatMap((question) =>
      optionsOf(question).flatMap(({ shortcut }) => shortcut ?? []),
    )
    expect(used.filter((key) => workbenchKeys.includes(key))).toEqual([])
  })

  test('its text is clean', () => {
    for (const file of ['template.json', 'guideline.md', 'tasks.jsonl']) {
      const content = readFileSync(join(template.folder, file), 'utf8')
      expect(isCleanText(content)).toBe(true)
      expect(content.endsWith('\n')).toBe(true)
      // Invisible marks of direction, zero-width characters, replacement characters and byte order marks have no business here.
      expect(content).not.toMatch(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]/)
      expect(content).not.toMatch(/\bTODO\b|lorem ipsum/)
    }
  })

  test('its pictures are there, small, and as large as the tasks say', async () => {
    const named = template.tasks.flatMap(imagesOf)
    for (const { assetId, alt, width, height } of named) {
      expect(assetId).toMatch(/^media\/[a-z0-9-]+\.(png|webp)$/)
      const file = join(template.folder, assetId)
      expect(statSync(file).size).toBeLessThan(60_000)
      expect(await sharp(file).metadata()).toMatchObject({ width, height })
      expect(alt?.length).toBeGreaterThan(10)
    }
    expect([...new Set(named.map(({ assetId }) => assetId))].sort()).toEqual(mediaOf(template))
  })
})

test('marks lie inside their pictures', () => {
  for (const { task, answer } of templates.get('image-boxes')?.tasks ?? []) {
    const [image] = imagesOf({ task, answer })
    const { boxes } = answer.objects as { boxes: Box[] }
    for (const box of boxes) {
      const points =
        box.shape === 'polygon'
          ? box.points
          : [
              [box.x, box.y],
              [box.x + box.width, box.y + box.height],
            ]
      for (const [x = Number.NaN, y = Number.NaN] of points) {
        expect(x >= 0 && x <= (image?.width ?? 0) && y >= 0 && y <= (image?.height ?? 0)).toBe(true)
      }
    }
  }
})

test('marks in code are whole lines', () => {
  for (const { task, answer } of templates.get('review-code')?.tasks ?? []) {
    const [part] = partsOf(task, 'candidates')
    const lines = part?.kind === 'text' ? part.text.split('\n') : []
    const { spans } = answer.findings as { spans: { quote: string }[] }
    for (const { quote } of spans) expect(lines).toEqual(expect.arrayContaining(quote.split('\n')))
  }
})

type Box =
  | { shape: 'polygon'; points: number[][] }
  | { shape: 'rectangle'; x: number; y: number; width: number; height: number }

function optionsOf(question: Template['form']['questions'][number]): { shortcut?: string | undefined }[] {
  if ('options' in question) return question.options
  if ('categories' in question) return question.categories
  if ('labels' in question) return question.labels
  return 'verdicts' in question ? question.verdicts : []
}

const imagesOf = ({ task }: TemplateTask) =>
  [...task.context, ...task.candidates.flatMap(({ messages }) => messages)].flatMap(({ parts }) =>
    parts.filter((part) => part.type === 'image'),
  )

function mediaOf({ folder }: Template): string[] {
  return readdirSync(folder)
    .filter((name) => name === 'media')
    .flatMap((name) => readdirSync(join(folder, name)).map((file) => `media/${file}`))
    .sort()
}
