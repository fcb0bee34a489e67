import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { answer, form, taskMisfit, taskPayload, validateAnswer } from '@groundwork/contract'
import { z } from 'zod'

/** What stands in `template.json`. A template is data only: a new kind of task is a new folder and no code. */
const header = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/),
  name: z.string().min(1),
  /** One or two sentences for the gallery: what trainers see and do. */
  description: z.string().min(1),
  group: z.enum(['compare', 'grade', 'write', 'check', 'label']),
  /** A sensible estimate for one judgment, the starting value of the wizard. */
  estimateSeconds: z.number().int().min(5),
  form,
})

/** A line of `tasks.jsonl`: a task to try the template with, and one good answer to it. */
const templateTask = z.strictObject({ task: taskPayload, answer })
export type TemplateTask = z.infer<typeof templateTask>

export type Template = z.infer<typeof header> & {
  guideline: string
  tasks: TemplateTask[]
  folder: string
  /** Data URLs of the images in `media/`, by the name that tasks give them (`media/street.webp`). */
  pictures: ReadonlyMap<string, string>
}

/**
 * Reads a template's folder: `template.json`, `guideline.md`, `tasks.jsonl` and the images in `media/` that its tasks name.
 * @throws Error with file and line when anything does not fit, an answer that its form would not take included
 */
export function readTemplate(folder: string): Template {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  const head = within(`${folder}/template.json`, () => header.parse(JSON.parse(read('template.json'))))
  const tasks = read('tasks.jsonl')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => within(`${folder}/tasks.jsonl:${index + 1}`, () => readTask(head.form, line)))
  return { ...head, guideline: read('guideline.md'), tasks, folder, pictures: readPictures(folder) }
}

function readPictures(folder: string): Map<string, string> {
  const media = join(folder, 'media')
  if (!existsSync(media)) return new Map()
  return new Map(
    readdirSync(media).map((name) => {
      const bytes = readFileSync(join(media, name)).toString('base64')
      return [`media/${name}`, `data:image/${name.slice(name.lastIndexOf('.') + 1)};base64,${bytes}`]
    }),
  )
}

function readTask(taskForm: Template['form'], line: string): TemplateTask {
  const read = templateTask.parse(JSON.parse(line))
  const misfit = taskMisfit(taskForm, read.task)
  if (misfit) throw new Error(misfit.message)
  const issues = validateAnswer(taskForm, read.answer, read.task)
  if (issues.length > 0) throw new Error(issues.map(({ path, message }) => `${path}: ${message}`).join('\n'))
  return read
}

function within<T>(place: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new Error(`${place}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

const root = join(import.meta.dirname, '..')

/** All templates by id, the gallery's order by group and name. */
export const templates: ReadonlyMap<string, Template> = new Map(
  readdirSync(root)
    .map((name) => join(root, name))
    .filter((folder) => existsSync(join(folder, 'template.json')))
    .map(readTemplate)
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'en'))
    .map((template) => [template.id, template]),
)

function rank({ group, id }: Template): number {
  return id === 'compare-responses' ? -1 : header.shape.group.options.indexOf(group)
}
