import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const entry = createRequire(import.meta.url).resolve('@groundwork/consensus')

/** Version of @groundwork/consensus, as recorded with every run. */
export const LIBRARY_VERSION: string = JSON.parse(
  readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8'),
).version
