import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

type LockedPackage = {
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

// npm leaves an optional package out of the lockfile without a word when the registry does not have it at that moment;
// from then on `npm ci`, and with it the first start of every fresh clone, fails.
test('the lockfile names every package that any of its packages wants, for every platform', () => {
  const lockFile = join(import.meta.dirname, '../../package-lock.json')
  const { packages }: { packages: Record<string, LockedPackage> } = JSON.parse(readFileSync(lockFile, 'utf8'))
  const missing = Object.entries(packages).flatMap(([place, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !places(place, name).some((candidate) => candidate in packages))
      .map((name) => `${name}, wanted by ${place || 'the checkout'}`),
  )
  expect(missing).toEqual([])
})

/** Where Node would look for a package from a place in the tree, nearest first. */
function places(from: string, name: string): string[] {
  const parts = from.split('/')
  return parts
    .map((_, index) => [...parts.slice(0, parts.length - index), 'node_modules', name].join('/'))
    .concat(`node_modules/${name}`)
}
