import type { Command } from 'commander'
import { openClient } from '../environment.ts'
import { amount, type Output, print } from '../output.ts'

/** `fund PROJECT AMOUNT` */
export function addFund(program: Command): void {
  program
    .command('fund <project> <amount>')
    .description("put money into the project's escrow")
    .option('--currency <code>', "default: the project's")
    .option('--key <key>', 'idempotency key: the same key funds once')
    .action(
      async (id: string, value: string, options: { currency?: string; key?: string }, command: Command) => {
        const client = openClient()
        const currency = options.currency ?? (await client.getProject({ params: { id } })).pay.currency
        const funded = await client.fundProject({
          params: { id },
          body: { amount: { amount: value, currency: currency as 'USD' } },
          ...(options.key ? { idempotencyKey: options.key } : {}),
        })
        print(command.optsWithGlobals<Output>(), funded, () => `Escrow holds ${amount(funded.escrow)} now.`)
      },
    )
}
