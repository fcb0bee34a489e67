import { expect, test } from 'vitest'
import { projectMoney } from '../ledger/index.ts'
import { finishProject } from './change-project-life.ts'
import { testWorkplace } from './testing/test-workplace.ts'

test('a draft that is given up can be finished, and its money goes back to its source', async () => {
  const place = await testWorkplace()
  const projectId = await place.newProject({ funds: '40.00', launch: false })
  await finishProject(place.deps, place.owner, projectId)
  const scope = { organization: place.organizationId }
  expect(await place.deps.database.transaction(scope, (tx) => projectMoney(tx, projectId))).toMatchObject({
    funded: 0n,
    held: 0n,
    free: 0n,
    spent: 0n,
  })
  const acts = await place.query('select action from audit_events where subject_id = $1 order by id', [
    projectId,
  ])
  expect(acts.map((row) => row.action)).toEqual([
    'project.created',
    'project.funded',
    'project.finished',
    'project.refunded',
  ])
})
