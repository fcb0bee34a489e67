import type { Client } from '@groundwork/client'
import type { Assignment, NextAssignment } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { TaskSupply } from './task-supply.ts'

const assignment = (id: string, epoch: number) => ({ id, epoch }) as Assignment
const supplyOf = (answer: NextAssignment) =>
  new TaskSupply({ nextAssignment: async () => answer } as unknown as Client, 'project')

test('what is fetched ahead is another task, kept until it is wanted', async () => {
  const supply = supplyOf({ assignment: assignment('b', 1) })
  expect(await supply.fetchAhead(assignment('a', 1))).toEqual(assignment('b', 1))
  expect(supply.takeAhead()).toEqual(assignment('b', 1))
})

test('the task on the screen comes back under a new epoch when its lease had run out, and is not put ahead', async () => {
  const supply = supplyOf({ assignment: assignment('a', 2) })
  expect(await supply.fetchAhead(assignment('a', 1))).toEqual(assignment('a', 2))
  expect(supply.takeAhead()).toBeUndefined()
  expect(await supplyOf({ assignment: assignment('a', 1) }).fetchAhead(assignment('a', 1))).toBeNull()
})
