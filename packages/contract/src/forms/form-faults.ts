import { eachOf } from './checks/task-parts.ts'
import { workbenchKeys } from './checks/workbench-keys.ts'
import { conditionFaults } from './condition-faults.ts'
import type { Form, Question } from './form.ts'

export type FormFault = { path: (string | number)[]; message: string }

/** Why a form cannot work, each fault at the field that has to change. An empty list: it can. */
export function formFaults(form: Form): FormFault[] {
  return [
    ...idFaults(form),
    ...blockFaults(form),
    ...form.questions.flatMap((question, index) =>
      [...conditionFaults(form, question, index), ...questionFaults(question)].map(({ path, message }) => ({
        path: ['questions', index, ...path],
        message,
      })),
    ),
    ...keyFaults(form),
  ]
}

function idFaults(form: Form): FormFault[] {
  const seen = new Set<string>()
  return form.questions.flatMap(({ id }, index) => {
    const twice = seen.has(id)
    seen.add(id)
    return twice ? [{ path: ['questions', index, 'id'], message: `The id "${id}" is used twice.` }] : []
  })
}

function blockFaults({ blocks }: Form): FormFault[] {
  return (['context', 'candidates'] as const).flatMap((type) => {
    const places = blocks.flatMap((block, index) => (block.type === type ? [index] : []))
    return places.slice(1).map((index) => ({
      path: ['blocks', index, 'type'],
      message: `There is a block of ${type === 'context' ? 'the conversation' : 'the responses'} already.`,
    }))
  })
}

function questionFaults(question: Question): FormFault[] {
  switch (question.type) {
    case 'preference':
      return uniqueFaults(question.axes ?? [], 'axes', 'id')
    case 'scale': {
      const wrong = question.points.findIndex(
        ({ value }, index) => index > 0 && value <= (question.points[index - 1]?.value ?? 0),
      )
      return wrong > 0
        ? [
            {
              path: ['points', wrong, 'value'],
              message: 'Each point has to be higher than the one before it.',
            },
          ]
        : []
    }
    case 'choice':
      return optionFaults(question.options, 'options')
    case 'multichoice': {
      const { min, max, options } = question
      return [
        ...optionFaults(options, 'options'),
        ...(min > options.length
          ? [{ path: ['min'], message: `There are only ${options.length} options.` }]
          : []),
        ...(max !== undefined && max < min
          ? [{ path: ['max'], message: `Less than the ${min} that have to be chosen.` }]
          : []),
      ]
    }
    case 'text':
      return [
        ...(question.maxWords !== undefined && question.maxWords < question.minWords
          ? [{ path: ['maxWords'], message: `Less than the ${question.minWords} words that are wanted.` }]
          : []),
        ...lengthFaults(question),
      ]
    case 'rewrite':
      return lengthFaults(question)
    case 'spans':
      return [
        ...optionFaults(question.categories, 'categories'),
        ...uniqueFaults(question.severities, 'severities', 'value'),
      ]
    case 'boxes':
      return optionFaults(question.labels, 'labels')
    case 'sources': {
      const verdicts = question.verdicts.map(({ value }) => value)
      const unknown = question.sourceFor.findIndex((value) => !verdicts.includes(value))
      return [
        ...optionFaults(question.verdicts, 'verdicts'),
        ...(unknown >= 0
          ? [
              {
                path: ['sourceFor', unknown],
                message: `There is no verdict "${question.sourceFor[unknown]}".`,
              },
            ]
          : []),
        ...(question.max < question.minClaims
          ? [{ path: ['max'], message: `Less than the ${question.minClaims} claims that are wanted.` }]
          : []),
      ]
    }
    case 'turns':
      return question.max < question.min
        ? [{ path: ['max'], message: `Less than the ${question.min} messages that are wanted.` }]
        : []
    default:
      return []
  }
}

/** The shortest words are one character, and some scripts put nothing between them. */
const lengthFaults = ({
  minWords,
  maxCharacters,
}: {
  minWords: number
  maxCharacters: number
}): FormFault[] =>
  maxCharacters < minWords
    ? [
        {
          path: ['maxCharacters'],
          message: `The ${minWords} words that are wanted do not fit into ${maxCharacters} characters.`,
        },
      ]
    : []

type AnyOption = { value: string; parent?: string | undefined; shortcut?: string | undefined }

function optionFaults(options: readonly AnyOption[], field: string): FormFault[] {
  const orphans = options.flatMap(({ parent, value }, index) => {
    if (parent === undefined) return []
    const above = options.findIndex((option) => option.value === parent)
    if (above < 0) return [{ path: [field, index, 'parent'], message: `There is no option "${parent}".` }]
    return above >= index || parent === value
      ? [{ path: [field, index, 'parent'], message: 'The option above it has to stand before it.' }]
      : []
  })
  const taken = options.flatMap(({ shortcut }, index) => {
    const act = workbenchKeys[shortcut ?? '']
    return act === undefined
      ? []
      : [
          {
            path: [field, index, 'shortcut'],
            message: `${shortcut?.toUpperCase()} is "${act}" in the workbench. Choose another key.`,
          },
        ]
  })
  return [
    ...uniqueFaults(options, field, 'value'),
    ...uniqueFaults(options, field, 'shortcut'),
    ...taken,
    ...orphans,
  ]
}

function uniqueFaults<T>(items: readonly T[], list: string, field: keyof T & string): FormFault[] {
  return items.flatMap((item, index) =>
    item[field] !== undefined && items.findIndex((other) => other[field] === item[field]) < index
      ? [{ path: [list, index, field], message: `"${String(item[field])}" is used twice.` }]
      : [],
  )
}

/** A question of every response makes no sense in a form that shows none. */
function keyFaults(form: Form): FormFault[] {
  const shows = (type: string) => form.blocks.some((block) => block.type === type)
  return form.questions.flatMap((question, index) => {
    const compares = question.type === 'preference' || question.type === 'ranking'
    return (compares || (eachOf(question) === 'candidate' && question.type !== 'steps')) &&
      !shows('candidates')
      ? [
          {
            path: ['questions', index, compares ? 'type' : 'each'],
            message: 'The form shows no responses; add a block of responses.',
          },
        ]
      : []
  })
}
