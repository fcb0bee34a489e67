import { expect, test } from 'vitest'
import { bestRow, rowsOf, shownRows } from './option-tree.ts'

const rows = rowsOf([
  { value: 'fr', label: 'France' },
  { value: 'idf', label: 'Île-de-France', parent: 'fr' },
  { value: 'de', label: 'Germany' },
  { value: 'par', label: 'Paris', parent: 'idf' },
])
const shown = (query: string, ...folded: string[]) =>
  shownRows(rows, query, new Set(folded)).map(({ option, level }) => `${level} ${option.value}`)

test('each option stands above its own', () => {
  expect(shown('')).toEqual(['0 fr', '1 idf', '2 par', '0 de'])
  expect(shown('', 'idf')).toEqual(['0 fr', '1 idf', '0 de'])
  expect(shown('', 'fr')).toEqual(['0 fr', '0 de'])
})

test('a search knows no accents, looks into what is folded, and shows where things are', () => {
  expect(shown('ILE', 'fr')).toEqual(['0 fr', '1 idf', '2 par'])
  expect(shown('paris france')).toEqual(['0 fr', '1 idf', '2 par'])
  expect(shown('germ', 'fr')).toEqual(['0 de'])
  expect(shown('oslo')).toEqual([])
})

test('Enter takes what is called so, not what merely stands above it', () => {
  const best = (query: string) => {
    const found = shownRows(rows, query, new Set())
    return found[bestRow(found, query)]?.option.value
  }
  expect(best('paris')).toBe('par')
  expect(best('france')).toBe('fr')
  expect(best('île')).toBe('idf')
  expect(best('')).toBe('fr')
})
