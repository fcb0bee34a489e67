import type { ExportOptions, Question } from '@groundwork/contract'
import type { WriteReport } from '@groundwork/formats'
import type { ConsensusSource } from '../../quality/index.ts'
import type { Plan } from '../feedback/registry.ts'

/** How rows were made from judgments, in words, for the kind of question that decides. */
export function policiesOf(plan: Plan, source: ConsensusSource, report: WriteReport): Record<string, string> {
  const { format, options } = plan
  if (format === 'raw') return { people: options.people }
  const question = plan.decider?.question ?? null
  const type = question && kindOf(question)
  return {
    ...(plan.decider && { question: plan.ratings.length > 1 ? ratingsOf(plan) : plan.decider.key }),
    decision: decisionOf(options, type, source),
    ...(type && tiesOf(plan, type)),
    ...(format === 'trl-preference' && { margin: marginOf(options, type) }),
    ...((options.includeFlagged || report.notes.flagged_judgments_left_out) && {
      flagged: options.includeFlagged
        ? 'judgments with an open flag of the team count; those that it left out do not'
        : 'judgments with an open flag of the team, and those that it left out, do not count',
    }),
    split: options.splitBy === 'task' ? 'by task, from the seed' : 'by prompt, from the seed',
  }
}

type Kind = 'preference' | 'ranking' | 'rating' | 'option' | 'steps' | 'boxes' | 'written' | 'other'

const kinds: Partial<Record<Question['type'], Kind>> = {
  preference: 'preference',
  ranking: 'ranking',
  scale: 'rating',
  choice: 'option',
  steps: 'steps',
  boxes: 'boxes',
  rewrite: 'written',
  text: 'written',
  turns: 'written',
}
const kindOf = ({ type }: Question): Kind => kinds[type] ?? 'other'

const ratingsOf = ({ ratings }: Plan) => `${ratings.map(({ id }) => id).join(', ')}, together`

function decisionOf(options: ExportOptions, type: Kind | null, source: ConsensusSource): string {
  if (type === null) return 'none: tasks as they are'
  if (type === 'written')
    return options.rule === 'unanimous'
      ? 'only tasks for which everybody wrote the same'
      : 'none: what each person wrote is a row of its own'
  if (options.rule === 'every_judgment') return 'every judgment stands for itself'
  if (options.rule === 'unanimous') return 'only tasks on which all judgments agree'
  return `${decided(type, source)}; of judgments that were in time`
}

function decided(type: Kind, { method, version }: ConsensusSource): string {
  const inferred = `(@groundwork/consensus ${version}, method ${method})`
  switch (type) {
    case 'preference':
      return method === 'majority'
        ? 'majority of the votes; equal counts are decided by mean strength'
        : `most probable outcome given the votes ${inferred}; equal probabilities are decided by mean strength`
    case 'ranking':
      return 'order by Borda count, in which ties stay ties'
    case 'rating':
      return 'mean of the ratings, corrected for how severe people are'
    case 'option':
      return method === 'majority'
        ? 'option with the most votes'
        : `most probable option given the votes ${inferred}; of single responses the one with the most votes`
    case 'steps':
      return 'label with the most votes, step by step'
    case 'boxes':
      return 'what more than half of the people marked, where it lies on average'
    default:
      return 'what more than half of the people say'
  }
}

function tiesOf({ options, format, wants }: Plan, type: Kind): { ties?: string } {
  if (type === 'preference' && format === 'trl-unpaired')
    return { ties: 'give no row; both good gives two good ones, both bad two bad ones' }
  if (type === 'preference' && !wants.has('rewrite')) return { ties: 'are rows like any other' }
  if (type === 'preference')
    return {
      ties:
        options.ties === 'both_ways'
          ? 'give a row each way round; both bad gives none'
          : 'give no row and are counted by kind',
    }
  if (type === 'ranking')
    return { ties: 'responses of equal rank make no pair; such pairs are counted (equal_rank)' }
  if (type === 'rating')
    return { ties: 'responses of equal rating make no pair; such pairs are counted (equal_rank)' }
  return {}
}

function marginOf(options: ExportOptions, type: Kind | null): string {
  if (options.margin === 'none') return 'no margin column'
  if (type === 'ranking') return 'how many ranks lie between the two'
  if (type === 'rating') return 'how far the mean ratings of the two lie apart'
  return 'the mean strength of those who prefer the chosen one, through strengthMap'
}
