import {
  type Currency,
  type Money,
  type Project,
  type ProjectProgress,
  presentMoney,
} from '@groundwork/contract'
import { projectMoney } from '../ledger/index.ts'
import { type Deps, notFound, type Tx } from '../platform/index.ts'
import {
  formOf,
  guidelineOf,
  organizationOfProject,
  type ProjectHeader,
  projectHeader,
  trueWage,
} from '../projects/index.ts'
import { qualityOf } from '../quality/index.ts'
import { slotWorkOf } from '../tasks/index.ts'
import { forecastFinish } from './insight-rules.ts'
import { judgmentTotals, medianSeconds, slotCounts, taskCounts } from './progress-queries.ts'

/**
 * A project with its settings and where it stands. Asks nobody for rights: the caller has been let in.
 * @throws AppError `not_found`
 */
export async function presentProject(deps: Deps, projectId: string): Promise<Project> {
  const organization = await organizationOfProject(deps, projectId)
  if (!organization) throw notFound('project')
  return deps.database.transaction({ organization }, async (tx) => {
    const project = await projectHeader(tx, projectId)
    if (!project) throw notFound('project')
    const guideline = await guidelineOf(tx, projectId, project.guideline_version)
    return {
      id: project.id,
      organizationId: project.organization_id,
      name: project.name,
      description: project.description,
      template: project.template,
      state: project.state,
      overlap: project.overlap,
      audience: project.audience,
      pay: {
        version: project.pay_version,
        currency: project.currency,
        hourly: presentMoney(project.hourly, project.currency).amount,
        estimateSeconds: project.estimate_seconds,
        perJudgment: presentMoney(project.per_judgment, project.currency),
      },
      reviewWindowDays: project.review_window_days,
      leaseMinutes: project.lease_seconds / 60,
      form: await formOf(tx, projectId, project.form_version),
      guideline: {
        version: guideline.version,
        markdown: guideline.markdown,
        createdAt: guideline.createdAt.toISOString(),
      },
      createdAt: project.created_at.toISOString(),
      launchedAt: project.launched_at?.toISOString() ?? null,
      finishedAt: project.finished_at?.toISOString() ?? null,
      progress: await progressOf(tx, project),
      slotWork: (await slotWorkOf(tx, projectId)) ?? null,
    }
  })
}

async function progressOf(tx: Tx, project: ProjectHeader): Promise<ProjectProgress> {
  const tasks = await taskCounts(tx, project.id)
  const slots = await slotCounts(tx, project.id)
  const work = await judgmentTotals(tx, project.id)
  const quality = await qualityOf(tx, project.id)
  const finish =
    project.state === 'live' &&
    forecastFinish({
      now: work.now,
      launchedAt: project.launched_at,
      left: slots.open + slots.leased,
      recent: work.recent,
    })
  return {
    tasks: tasks.tasks,
    tasksDone: tasks.done,
    tasksFlagged: tasks.flagged,
    slots: { ...slots, filled: work.counted },
    judgments: work.judgments,
    trainers: work.trainers,
    agreement: quality?.agreement ?? null,
    agreementByQuestion: quality?.agreements ?? [],
    confidence: quality?.confidence ?? null,
    gold: {
      tasks: tasks.gold,
      judged: quality?.gold?.judged ?? 0,
      correct: quality?.gold?.correct ?? 0,
    },
    money: await presentProjectMoney(tx, project),
    medianSeconds: await medianSeconds(tx, project.id),
    trueWage: trueWage(work.pay, work.activeMs, project.currency),
    recentJudgments: work.recent,
    forecastFinish: finish ? finish.toISOString() : null,
  }
}

async function presentProjectMoney(tx: Tx, project: ProjectHeader): Promise<ProjectProgress['money']> {
  const money = await projectMoney(tx, project.id)
  const amount = (micros: bigint | undefined): Money =>
    presentMoney(micros ?? 0n, (money?.currency as Currency | undefined) ?? project.currency)
  return {
    funded: amount(money?.funded),
    spent: amount(money?.spent),
    held: amount(money?.held),
    free: amount(money?.free),
  }
}
