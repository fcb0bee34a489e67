import { readFile } from 'node:fs/promises'
import type {
  Audience,
  Expertise,
  OrganizationRole,
  PreferenceOutcome,
  TrainerProfile,
} from '@groundwork/contract'

const folder = new URL('../../demo/', import.meta.url)

export type DemoPeople = {
  organization: { name: string }
  operator: { name: string; email: string }
  members: { name: string; email: string; role: Exclude<OrganizationRole, 'viewer'> }[]
  /** Who has a project of every kind of task to try. */
  samples: { organization: { name: string }; owner: { name: string; email: string } }
  trainers: (Omit<TrainerProfile, 'displayName' | 'expertise'> & {
    name: string
    email: string
    expertise: Expertise[]
    /** Chance to be right, by key of the project; no entry: does not work there. */
    skill: Record<string, number>
    positionBias: number
  })[]
}

export type DemoProject = {
  key: string
  name: string
  description: string
  template: string
  file: string
  guideline: string
  pay: { currency: 'USD'; hourly: string; estimateSeconds: number }
  reasonMinWords: number
  overlap: number
  funding: string
  audience: Audience
  judgedShare: number
}

export type DemoTask = {
  externalId: string
  context: { role: 'system' | 'user' | 'assistant'; text: string }[]
  candidates: { id: 'a' | 'b'; model: string; text: string }[]
  better: 'a' | 'b' | 'tie'
  tie?: 'both_good' | 'both_bad'
  why: string
  difficulty: number
}

const read = (name: string) => readFile(new URL(name, folder), 'utf8')

export const demoPeople = async () => JSON.parse(await read('people.json')) as DemoPeople
export const demoProjects = async () => JSON.parse(await read('projects.json')) as DemoProject[]
export const demoGuideline = (project: DemoProject) => read(project.guideline)
export const demoTasks = async (project: DemoProject) =>
  (await read(project.file))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as DemoTask)

export const truthOf = (task: DemoTask): PreferenceOutcome =>
  task.better === 'tie' ? (task.tie ?? 'tie') : task.better
