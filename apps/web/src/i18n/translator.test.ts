import { createInstance } from 'i18next'
import { expect, test } from 'vitest'
import { type Catalogue, Translator } from './translator.ts'

const files = import.meta.glob<{ default: Catalogue }>('./en/*.json', { eager: true })
const catalogues: Record<string, Catalogue> = Object.fromEntries(
  Object.entries(files).map(([file, module]) => [
    file.slice('./en/'.length, -'.json'.length),
    module.default,
  ]),
)
const translator = new Translator({
  language: 'en',
  defaultNamespace: 'common',
  catalogues,
  load: () => Promise.reject(new Error('All are there.')),
})

function* keysOf(catalogue: Catalogue, path = ''): Generator<string> {
  for (const [name, value] of Object.entries(catalogue)) {
    if (typeof value === 'string') yield path + name
    else yield* keysOf(value, `${path}${name}.`)
  }
}

test('every text of every catalogue is said as i18next says it', async () => {
  const reference = createInstance()
  await reference.init({
    lng: 'en',
    ns: Object.keys(catalogues),
    defaultNS: 'common',
    resources: { en: catalogues as never },
    interpolation: { escapeValue: false },
  })
  const values = { name: 'Ada & <b>', value: 3, text: '' }
  let compared = 0
  for (const [namespace, catalogue] of Object.entries(catalogues)) {
    const theirs = reference.getFixedT('en', [namespace, 'common'] as never) as (
      key: string,
      options: object,
    ) => string
    const ours = translator.of([namespace, 'common'])
    for (const key of keysOf(catalogue)) {
      const base = key.replace(/_(zero|one|other)$/, '')
      for (const options of [
        values,
        { ...values, count: 0 },
        { ...values, count: 1 },
        { ...values, count: 5 },
      ]) {
        const blank = (text: string) => text.replace(/\{\{\w+\}\}/g, '')
        expect(ours(base, options), `${namespace}:${base}`).toBe(blank(theirs(base, options)))
        compared++
      }
    }
  }
  expect(compared).toBeGreaterThan(1_000)
})

test('keys name a catalogue, fall back, and are said themselves when there is no text', () => {
  const t = translator.of(['workbench', 'common'])
  expect(t('common:actions.cancel')).toBe('Cancel')
  expect(t('actions.cancel')).toBe('Cancel')
  expect(t('nothing.like.this')).toBe('nothing.like.this')
  expect(t('nothing.like.this', { defaultValue: 'Hello {{name}}', name: 'Ada' })).toBe('Hello Ada')
  expect(t('toString')).toBe('toString')
})

test('a catalogue is loaded once, and again after it failed', async () => {
  let calls = 0
  const late = new Translator({
    language: 'en',
    defaultNamespace: 'common',
    catalogues: { common: {} },
    load: async () => {
      calls++
      if (calls === 1) throw new Error('offline')
      return { hello: 'Hello' }
    },
  })
  await expect(late.loadNamespaces(['home'])).rejects.toThrow('offline')
  await Promise.all([late.loadNamespaces(['home']), late.loadNamespaces(['home', 'common'])])
  expect([calls, late.of(['home'])('hello')]).toEqual([2, 'Hello'])
})
