import type { Command } from 'commander'
import { openClient } from '../environment.ts'
import { amount, facts, type Output, percent, print } from '../output.ts'

/** `status PROJECT` */
export function addStatus(program: Command): void {
  program
    .command('status <project>')
    .description('where a project stands')
    .action(async (id: string, _options: object, command: Command) => {
      const project = await openClient().getProject({ params: { id } })
      const { progress } = project
      print(command.optsWithGlobals<Output>(), project, () =>
        facts([
          ['project', `${project.name} (${project.state})`],
          ['tasks', `${progress.tasksDone} of ${progress.tasks} done, ${progress.tasksFlagged} flagged`],
          [
            'judgments',
            `${progress.judgments} by ${progress.trainers} trainers; ${progress.slots.open} slots open, ${progress.slots.leased} at work`,
          ],
          [
            'agreement',
            progress.agreement
              ? `${percent(progress.agreement.percent)}, alpha ${progress.agreement.alpha?.toFixed(2) ?? '–'}`
              : null,
          ],
          [
            'accuracy',
            progress.gold.judged > 0
              ? `${progress.gold.correct} of ${progress.gold.judged} known answers (${percent(progress.gold.correct / progress.gold.judged)})`
              : null,
          ],
          [
            'money',
            `${amount(progress.money.spent)} spent of ${amount(progress.money.funded)}, ${amount(progress.money.held)} held`,
          ],
          ['true wage', progress.trueWage ? `${amount(progress.trueWage)} an hour` : null],
        ]),
      )
    })
}
