import type { Client } from '@groundwork/client'
import type { Command } from 'commander'
import { openClient } from '../environment.ts'
import { amount, type Output, print } from '../output.ts'

type CreateOptions = {
  template: string
  name: string
  organization?: string
  overlap: string
  payHourly: string
  currency: string
  estimateSeconds?: string
  reviewDays?: string
}

/** `project create|list|launch|pause|finish` */
export function addProject(program: Command): void {
  const project = program.command('project').description('create, list, launch, pause and finish projects')

  project
    .command('create')
    .description('create a project as a draft')
    .requiredOption('--name <name>')
    .option('--template <id>', 'what trainers are asked to do', 'compare-responses')
    .option('--organization <id>', 'wanted when you are a member of several')
    .option('--overlap <n>', 'judgments per task', '3')
    .option('--pay-hourly <amount>', 'promised rate an hour', '30.00')
    .option('--currency <code>', 'ISO 4217', 'USD')
    .option('--estimate-seconds <n>', 'estimated time of one judgment; default: what the template says')
    .option('--review-days <n>', 'days until pay becomes available', '7')
    .action(async (options: CreateOptions, command: Command) => {
      const client = openClient()
      // The rate an hour is a promise: pay of three minutes for a task of ten would break it.
      const estimateSeconds = options.estimateSeconds ?? (await estimateOf(client, options.template))
      const created = await client.createProject({
        body: {
          template: options.template,
          name: options.name,
          ...(options.organization ? { organizationId: options.organization } : {}),
          overlap: Number(options.overlap),
          pay: {
            currency: options.currency as 'USD',
            hourly: options.payHourly,
            estimateSeconds: Number(estimateSeconds),
          },
          reviewWindowDays: Number(options.reviewDays),
        },
      })
      print(
        command.optsWithGlobals<Output>(),
        created,
        () => `${created.id}\n${created.name}: draft, ${amount(created.pay.perJudgment)} a judgment`,
      )
    })

  project
    .command('list')
    .description('the projects of your organizations')
    .action(async (_options: object, command: Command) => {
      const { items } = await openClient().listProjects()
      print(command.optsWithGlobals<Output>(), items, () =>
        items.length === 0
          ? 'No projects yet. `groundwork project create --name …` makes one.'
          : items
              .map(
                (each) =>
                  `${each.id}  ${each.state.padEnd(8)} ${`${each.tasksDone}/${each.tasks}`.padStart(11)} tasks  ${each.name}`,
              )
              .join('\n'),
      )
    })

  const act = (name: 'launch' | 'pause' | 'finish', description: string) =>
    project
      .command(`${name} <project>`)
      .description(description)
      .action(async (id: string, _options: object, command: Command) => {
        const client = openClient()
        const calls = {
          launch: client.launchProject,
          pause: client.pauseProject,
          finish: client.finishProject,
        }
        const changed = await calls[name]({ params: { id } })
        print(command.optsWithGlobals<Output>(), changed, () => `${changed.name}: ${changed.state}`)
      })
  act('launch', 'open it to trainers, or resume it')
  act('pause', 'hand out nothing new')
  act('finish', 'close it; free money goes back to its source')
}

/** What a template says about the time of one judgment; what the server takes by itself where there is no such template. */
async function estimateOf(client: Client, template: string): Promise<number> {
  const { items } = await client.listTemplates({ query: {} })
  return items.find(({ id }) => id === template)?.estimateSeconds ?? 180
}
