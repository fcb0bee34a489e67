import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Audience,
  audience,
  type Expertise,
  type ExpertiseLevel,
  expertiseLevel,
  type LanguageLevel,
  languageLevel,
  trainerProfileInput,
} from '@groundwork/contract'
import { describe, expect, test } from 'vitest'

type Candidate = { id: string; model: string; text: string }
type DemoTask = {
  externalId: string
  context: { role: string; text: string }[]
  candidates: Candidate[]
  better: string
  tie?: string
  why: string
  difficulty: number
}
type DemoProject = {
  key: string
  file: string
  guideline: string
  pay: { currency: string; hourly: string; estimateSeconds: number }
  overlap: number
  funding: string
  audience: Audience
  judgedShare: number
  description: string
}
type DemoTrainer = {
  name: string
  email: string
  country: string
  languages: { code: string; level: LanguageLevel }[]
  timeZone: string
  headline: string
  expertise: Expertise[]
  skill: Record<string, number>
}
type Person = { name: string; email: string; role?: string }
type DemoPeople = {
  organization: { name: string }
  operator: Person
  members: Person[]
  trainers: DemoTrainer[]
}

const read = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8')
const projects = JSON.parse(read('projects.json')) as DemoProject[]
const people = JSON.parse(read('people.json')) as DemoPeople
const tasksOf = (file: string) =>
  read(file)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as DemoTask)
const wordsIn = (text: string) => text.split(/\s+/).filter(Boolean).length

// Line breaks and the tabs of Go code belong to the text; any other control character or lone surrogate does not.
const stray = /[^\P{C}\n\t\u200d]/u

const expertiseRank = (level: ExpertiseLevel) => expertiseLevel.options.indexOf(level)
const languageRank = (level: LanguageLevel) => languageLevel.options.indexOf(level)

function admits(rules: Audience, trainer: DemoTrainer): boolean {
  const { expertise, languages } = rules
  const expert = expertise?.some((wanted) =>
    trainer.expertise.some(
      (own) => own.domain === wanted.domain && expertiseRank(own.level) >= expertiseRank(wanted.level),
    ),
  )
  const fluent = languages?.some((wanted) =>
    trainer.languages.some(
      (own) => own.code === wanted.code && languageRank(own.level) >= languageRank(wanted.level),
    ),
  )
  return (expert ?? true) && (fluent ?? true)
}

describe.each(projects)('demo project $key', (project) => {
  const tasks = tasksOf(project.file)

  test('has enough tasks with ids of their own', () => {
    expect(tasks.length).toBeGreaterThanOrEqual(16)
    expect(new Set(tasks.map((task) => task.externalId)).size).toBe(tasks.length)
    for (const task of tasks) expect(task.externalId).toMatch(new RegExp(`^${project.key}-\\d{3}$`))
  })

  test.each(tasks)('$externalId is a real choice with a reason', (task) => {
    const [a, b, ...more] = task.candidates
    expect([a?.id, b?.id, more.length]).toEqual(['a', 'b', 0])
    expect(a?.text).not.toBe(b?.text)
    expect(a?.model).not.toBe(b?.model)
    for (const candidate of task.candidates) {
      expect(wordsIn(candidate.text)).toBeGreaterThanOrEqual(60)
      expect(wordsIn(candidate.text)).toBeLessThanOrEqual(350)
      expect((candidate.text.match(/^```/gm) ?? []).length % 2, 'open code fence').toBe(0)
      expect((candidate.text.match(/\$\$/g) ?? []).length % 2, 'open formula').toBe(0)
    }
    expect(['a', 'b', 'tie']).toContain(task.better)
    if (task.better === 'tie') expect(['both_good', 'both_bad']).toContain(task.tie)
    else expect(task.tie).toBeUndefined()
    expect(wordsIn(task.why)).toBeGreaterThanOrEqual(20)
    expect(task.difficulty).toBeGreaterThanOrEqual(0)
    expect(task.difficulty).toBeLessThanOrEqual(1)
  })

  test.each(tasks)('$externalId has a conversation that ends with the user', ({ context }) => {
    const roles = context.map((message) => message.role)
    const turns = roles[0] === 'system' ? roles.slice(1) : roles
    expect(turns).toEqual(turns.map((_, index) => (index % 2 === 0 ? 'user' : 'assistant')))
    expect(turns.at(-1)).toBe('user')
  })

  test('holds no control characters', () => {
    for (const task of tasks) {
      const texts = [...task.context, ...task.candidates].map((part) => part.text)
      for (const text of [...texts, task.why]) expect(text.match(stray), task.externalId).toBeNull()
    }
  })

  test('favours no side, and has ties of both kinds', () => {
    const share = (side: string) => tasks.filter((task) => task.better === side).length / tasks.length
    for (const side of ['a', 'b']) expect(share(side)).toBeGreaterThan(0.35)
    expect(new Set(tasks.map((task) => task.tie))).toEqual(new Set([undefined, 'both_good', 'both_bad']))
  })

  test('has a guideline of readable length', () => {
    const guideline = read(project.guideline)
    expect(guideline).toMatch(/^# /)
    expect(wordsIn(guideline)).toBeGreaterThanOrEqual(350)
    expect(wordsIn(guideline)).toBeLessThanOrEqual(600)
  })

  test('has funds for every judgment and enough trainers for its overlap', () => {
    const { hourly, estimateSeconds } = project.pay
    const cost = (tasks.length * project.overlap * Number(hourly) * estimateSeconds) / 3600
    expect(Number(project.funding)).toBeGreaterThanOrEqual(cost)
    expect(audience.parse(project.audience)).toEqual(project.audience)
    const admitted = people.trainers.filter((trainer) => admits(project.audience, trainer))
    expect(admitted.length).toBeGreaterThanOrEqual(project.overlap)
    for (const trainer of admitted) expect(trainer.skill[project.key], trainer.name).toBeGreaterThan(0.5)
    expect(project.judgedShare).toBeGreaterThan(0)
    expect(project.judgedShare).toBeLessThan(1)
  })
})

describe('demo people', () => {
  test('are one of each role that demo.json names and six trainers, reachable only at reserved domains', () => {
    expect(people.members.map((member) => member.role)).toEqual(['owner', 'manager', 'reviewer'])
    expect(people.trainers).toHaveLength(6)
    const all = [people.operator, ...people.members, ...people.trainers]
    expect(new Set(all.map((person) => person.email)).size).toBe(all.length)
    for (const person of all) expect(person.email).toMatch(/^[a-z.]+@[a-z]+\.example$/)
  })

  test.each(people.trainers)('$name has a profile that the contract accepts', (trainer) => {
    const { name, country, timeZone, languages, expertise, headline } = trainer
    const profile = { displayName: name, country, timeZone, languages, expertise, headline }
    expect(trainerProfileInput.parse(profile)).toEqual(profile)
    for (const own of expertise) expect(own.evidence).not.toBe('')
  })
})
