import type { Project, QuestionAgreement } from '@groundwork/contract'
import type { Command } from 'commander'
import { openClient } from '../environment.ts'
import { amount, facts, type Output, percent, print } from '../output.ts'

const measures: Record<QuestionAgreement['measure'], string> = {
  alpha_nominal: 'alpha',
  alpha_ordinal: 'alpha',
  kendall_tau: 'tau',
  f1: 'F1',
}

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
          ...progress.agreementByQuestion
            .filter((each) => each.percent !== null)
            .map((each): [string, string] => [
              'agreement',
              `${percent(each.percent)}, ${measures[each.measure]} ${each.value?.toFixed(2) ?? '–'}: ${labelOf(project, each.question)}`,
            ]),
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

/** What a question is called, with the axis that is meant: `Which response is better?, Safety`. */
function labelOf({ form }: Project, key: string): string {
  const question = form.questions.find(({ id }) => key === id || key.startsWith(`${id}.`))
  const axis =
    question?.type === 'preference'
      ? question.axes?.find(({ id }) => key === `${question.id}.${id}`)
      : undefined
  return [question?.label ?? key, axis?.label].filter(Boolean).join(', ')
}
