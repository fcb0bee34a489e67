import fc from 'fast-check'
import { expect, test } from 'vitest'
import { faultsOf, readGood } from '../../test/reading.ts'
import { compactJson, scanJson } from './json-scan.ts'
import { parseJson } from './parse-json.ts'

const pair = (more: string) => `{"prompt":"q","chosen":"a","rejected":"b"${more}}`

test('a key that stands twice is refused by its line and name', async () => {
  const file = [
    pair(''),
    pair(',"prompt":"q2"'),
    pair(',"meta" : {"x":1, "x" :2}'),
    pair(',"t":"\\"x\\": \\"x\\":","u":": \\":"'),
    pair(',"\\u0070rompt":"q2"'),
  ].join('\n')
  expect(await faultsOf(file)).toEqual(['2 duplicate_key', '3 duplicate_key', '5 duplicate_key'])
})

test('a number beyond all bounds is refused; a large whole number stays what it is', async () => {
  expect(await faultsOf(pair(',"margin":1e400'), { format: 'trl-preference' })).toEqual([
    '1 number_too_large',
  ])
  const [item] = await readGood(pair(',"id":1234567890123456789,"n":-98765432109876543210,"f":1e300'))
  expect(item?.task.externalId).toBe('1234567890123456789')
  expect(item?.task.metadata).toEqual({ n: '-98765432109876543210', f: 1e300 })
})

test('arguments of tools stay as they are written', async () => {
  const given = '{ "x": 1.0, "b": 1e+21, "2": [1.50, "\\u00e9 \\" {"], "1": 12345678901234567890 }'
  const kept = '{"x":1.0,"b":1e+21,"2":[1.50,"é \\" {"],"1":12345678901234567890}'
  const asked = '{"role":"user","content":"q"}'
  for (const call of [
    `{"function":{"name":"f","arguments":${given}}}`,
    `{"name":"f","arguments":${given}}`,
  ]) {
    const file = `{"messages":[${asked},{"role":"assistant","tool_calls":[${call}]}],"arguments":{"y": 1.0}}`
    const [item] = await readGood(file, { kinds: 'all' })
    expect(item?.task.candidates[0]?.messages[0]?.toolCalls?.[0]?.argumentsJson).toBe(kept)
    expect(item?.task.metadata).toEqual({ arguments: { y: 1 } })
  }
  const turns = [
    { from: 'human', value: 'q' },
    { from: 'function_call', value: `{"name":"f","arguments":${given}}` },
  ]
  const [item] = await readGood([{ conversations: turns }], { kinds: 'all' })
  expect(item?.task.candidates[0]?.messages[0]?.toolCalls?.[0]?.argumentsJson).toBe(kept)
})

test('any JSON comes through as its parser gives it, also when it is looked into', () => {
  const small = fc.jsonValue({ maxDepth: 4 })
  fc.assert(
    fc.property(small, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
      const source = JSON.stringify(value, null, indent)
      const usual: unknown = JSON.parse(source)
      expect(JSON.parse(compactJson(source))).toEqual(usual)
      const large = /\d{16}|e\+/.test(source)
      if (!large) expect(parseJson(source, false)).toEqual(usual)
      let objects = 0
      scanJson(source, {
        onTwice: (key) => expect(key).toBe(null),
        onObject(_, start, end) {
          objects++
          JSON.parse(source.slice(start, end))
        },
      })
      expect(objects).toBe(count(usual))
    }),
    { seed: 11, numRuns: 500 },
  )
})

function count(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const inside = Object.values(value).reduce((sum: number, each) => sum + count(each), 0)
  return Array.isArray(value) ? inside : inside + 1
}
