import { z } from 'zod'

type Issue = Parameters<z.core.$ZodErrorMap>[0]

/** Most values that a message lists. */
const MOST_LISTED = 24

const kinds: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  bigint: 'a whole number',
  null: 'null',
  nan: 'no number',
}
const formats: Record<string, string> = {
  uuid: 'an id as the platform gives them, such as 0190b7a4-6c1e-7d3a-9f2b-5e8c1a7d4b60',
  email: 'an email address, such as maria@example.org',
  url: 'a whole web address, such as https://example.org/page',
  datetime: 'a date and time, such as 2026-01-31T12:00:00Z',
  date: 'a date, such as 2026-01-31',
}

/** What is wrong and how to mend it, in words for people who know neither the schema nor its library; undefined: the library's own. */
function inPlainWords(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type': {
      const wanted = kinds[issue.expected] ?? issue.expected
      return issue.input === undefined
        ? `This is missing. It has to be ${wanted}.`
        : `This has to be ${wanted}, and is ${kindOf(issue.input)}.`
    }
    case 'too_small':
      return limit(issue.origin, 'least', Number(issue.minimum), issue.inclusive !== false)
    case 'too_big':
      return limit(issue.origin, 'most', Number(issue.maximum), issue.inclusive !== false)
    case 'invalid_value':
      return oneOf(issue.values, issue.input)
    case 'invalid_union': {
      const { options, discriminator } = issue as { options?: unknown; discriminator?: string }
      if (!Array.isArray(options) || options.length === 0) return undefined
      const given = issue.input as Record<string, unknown> | undefined
      return oneOf(options, discriminator ? given?.[discriminator] : undefined)
    }
    case 'unrecognized_keys': {
      const names = issue.keys.slice(0, MOST_LISTED).map((key) => JSON.stringify(key))
      return names.length === 1
        ? `There is no field ${names[0]} here. Take it away, or look for a misspelling.`
        : `There are no fields ${names.join(', ')} here. Take them away, or look for misspellings.`
    }
    case 'invalid_format': {
      const format = formats[issue.format]
      return format && `This has to be ${format}.`
    }
    case 'not_multiple_of':
      return `This has to be a multiple of ${issue.divisor}.`
    default:
      return undefined
  }
}

function limit(of: string, which: 'least' | 'most', bound: number, inclusive: boolean): string {
  if (of === 'array' || of === 'set' || of === 'map')
    return which === 'least'
      ? `At least ${counted(bound, 'entry', 'entries')} ${bound === 1 ? 'is' : 'are'} needed here.`
      : `There can be at most ${counted(bound, 'entry', 'entries')} here.`
  if (of === 'string') {
    if (which === 'least' && bound === 1) return 'This cannot be empty.'
    const characters = counted(bound, 'character', 'characters')
    return which === 'least' ? `This needs at least ${characters}.` : `This can have at most ${characters}.`
  }
  if (which === 'least')
    return inclusive ? `This has to be at least ${bound}.` : `This has to be more than ${bound}.`
  return inclusive ? `This can be at most ${bound}.` : `This has to be less than ${bound}.`
}

function oneOf(values: readonly unknown[], input: unknown): string {
  const listed = values.slice(0, MOST_LISTED).map((value) => JSON.stringify(value))
  const more = values.length > listed.length ? ' …' : ''
  const given = typeof input === 'string' || typeof input === 'number' ? `, not ${JSON.stringify(input)}` : ''
  return values.length === 1
    ? `This has to be ${listed[0]}${given}.`
    : `This has to be one of ${listed.join(', ')}${more}${given}.`
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'number' && !Number.isInteger(value)) return `${value}`
  return kinds[typeof value] ?? typeof value
}

const counted = (count: number, one: string, other: string) => `${count} ${count === 1 ? one : other}`

z.config({ customError: inPlainWords })
