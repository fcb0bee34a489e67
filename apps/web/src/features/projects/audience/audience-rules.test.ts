import { expect, test } from 'vitest'
import { withoutRule, withRule } from './audience-rules.ts'

test('a rule about the same thing is replaced, and the last one takes its list with it', () => {
  const one = withRule({}, 'expertise', { domain: 'medicine', level: 'generalist' }, () => false)
  const two = withRule(
    one,
    'expertise',
    { domain: 'medicine', level: 'domain_expert' },
    (rule) => rule.domain === 'medicine',
  )
  expect(two).toEqual({ expertise: [{ domain: 'medicine', level: 'domain_expert' }] })
  const three = withRule(two, 'countries', 'KE', (code) => code === 'KE')
  expect(withoutRule(three, 'expertise', () => true)).toEqual({ countries: ['KE'] })
})
