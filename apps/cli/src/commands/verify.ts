import { readFile } from 'node:fs/promises'
import { FormatError, type Verified, verifyFolder } from '@groundwork/formats'
import type { Command } from 'commander'
import { openClient, UsageError } from '../environment.ts'
import { type Output, print } from '../output.ts'

/** How many problems are shown; the count is of all. */
const SHOWN = 20

type VerifyFlags = { key?: string; instance?: boolean }

/** `verify FOLDER` */
export function addVerify(program: Command): void {
  program
    .command('verify <folder>')
    .description('check a downloaded export: its files, the chain of its rows, and its signature')
    .option('--key <file>', 'the public key that it has to be signed with (PEM)')
    .option('--instance', 'the same from the server: that of $GROUNDWORK_URL')
    .action(async (folder: string, flags: VerifyFlags, command: Command) => {
      const key = flags.key === undefined ? await instanceKey(flags) : await readFile(flags.key, 'utf8')
      const found = await verifyFolder(folder, key).catch((error: unknown) => {
        throw error instanceof FormatError ? new UsageError(error.message) : error
      })
      if (found.problems.length > 0) process.exitCode = 1
      print(command.optsWithGlobals<Output>(), found, () => lines(found, key !== undefined).join('\n'))
    })
}

const instanceKey = async ({ instance }: VerifyFlags): Promise<string | undefined> =>
  instance ? (await openClient().getExportKey()).publicKey : undefined

function lines({ files, chains, checked, signedBy, problems }: Verified, keyGiven: boolean): string[] {
  if (problems.length > 0) {
    const more = problems.length - SHOWN
    return [
      `Not as it was exported; ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}:`,
      ...problems.slice(0, SHOWN).map((each) => `  ${each}`),
      ...(more > 0 ? [`  … and ${more} more`] : []),
    ]
  }
  const how = checked === 'rows' ? '' : ', from link to link: cells of a CSV have no types'
  return [
    `${files} files are what the manifest lists.`,
    ...Object.entries(chains).map(([split, rows]) => `${split}: the chain of ${rows} rows is whole${how}.`),
    signedBy === null
      ? 'The export is not signed (it was made without the option provenance).'
      : `The signature is of key ${signedBy}${keyGiven ? ', the one that was given' : '; --instance or --key says whose that is'}.`,
  ]
}
