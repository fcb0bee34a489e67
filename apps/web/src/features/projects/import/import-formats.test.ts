import { importFormat } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { importFormats } from './import-formats.ts'

test('every format that can be imported is offered once', () => {
  expect([...importFormats].sort()).toEqual([...importFormat.options].sort())
})
