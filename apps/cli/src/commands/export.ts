import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import type { ExportJob } from '@groundwork/contract'
import type { Command } from 'commander'
import { openClient, UsageError } from '../environment.ts'
import { type Output, print, progressBar } from '../output.ts'

type ExportFlags = {
  format: string
  as: string
  out: string
  margin?: 'none' | 'strength'
  minConfidence?: string
  minJudgments?: string
  testShare?: string
  seed?: string
  names?: boolean
}

/** `export PROJECT --format F --out DIR` */
export function addExport(program: Command): void {
  program
    .command('export <project>')
    .description('make a training set and download it with its manifest and dataset card')
    .requiredOption('--format <format>', 'trl-preference or raw')
    .requiredOption('--out <folder>')
    .option('--as <container>', 'jsonl', 'jsonl')
    .option('--margin <kind>', 'none, or strength for a margin column (reward models)')
    .option('--min-confidence <share>', 'leave out tasks whose consensus is less sure')
    .option('--min-judgments <n>', 'leave out tasks with fewer judgments')
    .option('--test-share <share>', 'part of the tasks that goes into a test split')
    .option('--seed <n>', 'of the split')
    .option('--names', 'real names of trainers instead of pseudonyms (raw)')
    .action(async (id: string, flags: ExportFlags, command: Command) => {
      const client = openClient()
      const number = (value: string | undefined) => (value === undefined ? undefined : Number(value))
      const options = {
        margin: flags.margin,
        minConfidence: number(flags.minConfidence),
        minJudgments: number(flags.minJudgments),
        testShare: number(flags.testShare),
        seed: number(flags.seed),
        people: flags.names ? ('names' as const) : undefined,
      }
      const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
      let job: ExportJob = await client.createExport({
        params: { id },
        body: { format: flags.format as 'raw', as: flags.as as 'jsonl', options: given },
      })
      const bar = progressBar('Exporting', 100, '%')
      while (job.status === 'queued' || job.status === 'running') {
        await wait(250)
        job = await client.getExport({ params: { id: job.id } })
        bar.set(Math.round(job.progress * 100))
      }
      bar.stop()
      if (job.status === 'failed') throw new UsageError(`The export failed: ${job.error}`)
      await mkdir(flags.out, { recursive: true })
      for (const file of job.files) {
        const response = await client.getExportFile({ params: { id: job.id, name: file.name } })
        if (response.body)
          await pipeline(
            Readable.fromWeb(response.body as never),
            createWriteStream(join(flags.out, file.name)),
          )
      }
      const dropped = Object.entries(job.dropped ?? {})
      print(command.optsWithGlobals<Output>(), job, () =>
        [
          `${job.rows} rows in ${flags.out}: ${job.files.map((file) => file.name).join(', ')}`,
          ...dropped.map(([reason, count]) => `  ${count} left out: ${reason}`),
        ].join('\n'),
      )
    })
}
