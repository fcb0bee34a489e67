import { z } from 'zod'
import { expertiseDomain, expertiseLevel } from './people.ts'
import { id, nameText, text, timestamp } from './text.ts'

/** Everything that a project's judgments can be written as. */
export const exportFormat = z.enum([
  'trl-preference',
  'trl-sft',
  'trl-prompt-completion',
  'trl-unpaired',
  'trl-stepwise',
  'trl-prompt-only',
  'openai-sft',
  'openai-dpo',
  'openai-rft',
  'helpsteer3',
  'sharegpt',
  'alpaca',
  'llama-factory',
  'argilla',
  'axolotl',
  'hh-rlhf',
  'label-studio',
  'coco',
  'raw',
])
export type ExportFormat = z.infer<typeof exportFormat>

export const exportContainer = z.enum(['jsonl', 'json', 'csv', 'parquet'])
export type ExportContainer = z.infer<typeof exportContainer>

/** How judgments become rows. Every option has a default; the defaults never change what an earlier export gave. */
export const exportOptions = z.strictObject({
  /** Consensus below this confidence gives no row. */
  minConfidence: z.number().min(0).max(1).default(0),
  /** Tasks with fewer judgments than this give no row. */
  minJudgments: z.number().int().min(1).max(50).default(1),
  /** Margin column of `trl-preference`: on every row, or on none. */
  margin: z.enum(['none', 'strength']).default('none'),
  /** Strength → margin; used when `margin` is `strength`. */
  strengthMap: z
    .strictObject({ '1': z.number(), '2': z.number(), '3': z.number() })
    .default({ '1': 1, '2': 2, '3': 3 }),
  /** Put judged tasks of unfinished projects in too. */
  includeUnfinished: z.boolean().default(true),
  /** Names of trainers: real names, or stable pseudonyms. */
  people: z.enum(['pseudonyms', 'names']).default('pseudonyms'),
  /** Share of groups that goes into a test split, by hash; 0: one split. */
  testShare: z.number().min(0).max(0.5).default(0),
  seed: z.number().int().min(0).max(2_147_483_647).default(0),

  /** Which judgments become rows: what a task's judgments come to together, each of them, or only what all agree on. */
  rule: z.enum(['consensus', 'every_judgment', 'unanimous']).default('consensus'),
  /** A tie gives no row, or a row each way round. Both bad never gives one. */
  ties: z.enum(['drop', 'both_ways']).default('drop'),
  /** The question that decides, or `question.axis`; null: the first that can. */
  question: text(130, 1).nullable().default(null),
  /** Pairs of a ranking: all of different rank, neighbours only, or the best against the worst. */
  rankingPairs: z.enum(['all', 'adjacent', 'best_worst']).default('all'),
  /** A rewrite is chosen over what it corrects. */
  rewriteAsChosen: z.boolean().default(true),
  /** The better answer of a pair counts as good and the worse as bad (`trl-unpaired`). Losing is not being bad, so no by default. */
  unpair: z.boolean().default(false),
  /**
   * TRL rows as bare texts ("standard") instead of messages; of one question and plain answers only, as everything else would lose something by it.
   */
  plain: z.boolean().default(false),
  /** Arguments of tool calls in TRL and axolotl rows: the text that the model gave, or the object that it stands for. */
  toolArguments: z.enum(['string', 'object']).default('string'),
  /** Text cells of a CSV that a spreadsheet would take for a formula start with an apostrophe. Without it they stand as they are. */
  spreadsheetSafe: z.boolean().default(true),
  /** Ratings from here on are good, below it bad (`trl-unpaired`); null: ratings are neither. */
  goodFrom: z.number().min(-1_000).max(1_000).nullable().default(null),
  /** Options that mean good, all others bad (`trl-unpaired`); none: choices are neither. */
  goodOptions: z.array(text(120, 1)).max(100).default([]),
  /** Least share of a task's judgments that give the most frequent answer to the deciding question. */
  minAgreement: z.number().min(0).max(1).default(0),
  /** Only judgments that somebody of the team has accepted. */
  acceptedOnly: z.boolean().default(false),
  /** Judgments with an open flag of the team count, too; those that were left out for good never do. */
  includeFlagged: z.boolean().default(false),
  /** Only judgments of people who state one of these levels of expertise (in one of `domains`, if there are any); none: of anybody. */
  levels: z.array(expertiseLevel).max(4).default([]),
  /** Only judgments of people with expertise in one of these domains; none: in any, or none at all. */
  domains: z.array(expertiseDomain).max(20).default([]),
  /** Only judgments made under these versions of the guideline; none: under any. */
  guidelineVersions: z.array(z.number().int().min(1)).max(200).default([]),
  /** Only judgments submitted from then on. */
  from: timestamp.nullable().default(null),
  /** Only judgments submitted before. */
  until: timestamp.nullable().default(null),
  /** What stays together in a split: a task, or all tasks with the same prompt. */
  splitBy: z.enum(['task', 'prompt']).default('task'),
  /**
   * Images of tasks: as files beside the rows, or as bytes in them, whatever the format wants; or only as references to assets of this instance. Of no
   * meaning where tasks show none.
   */
  media: z.enum(['files', 'references']).default('files'),
  /** From which judgments a row comes, how reliable their people and how sure the result is, in a signed chain of hashes. */
  provenance: z.boolean().default(false),
  /** How the votes fell, in all and by level of expertise, and everybody's reasons. */
  disagreement: z.boolean().default(false),
  /** SPDX identifier for the dataset card; null: nobody has decided. */
  license: text(100, 1).nullable().default(null),
  /** For the datasheet: whether and how trainers were allowed to use AI. */
  aiPolicy: text(2_000).default(''),
})
export type ExportOptions = z.output<typeof exportOptions>

/** What is said about a project's sets anew each time; as it was said last. */
export const rememberedOptions = exportOptions.pick({ license: true, aiPolicy: true })
export type RememberedOptions = z.output<typeof rememberedOptions>

/** A tie has no strength, so that a row each way round has no margin, and a margin is on every row or on none. */
const tiesWithMargin = {
  check: ({ format, options }: { format: ExportFormat; options: ExportOptions }): boolean =>
    format !== 'trl-preference' || options.margin === 'none' || options.ties === 'drop',
  message:
    'A tie has no strength, so its rows both ways have no margin, and a margin is on every row or on none. Drop ties, or leave the margin out.',
  path: ['options', 'ties'],
}
const wantedExport = z.strictObject({
  format: exportFormat,
  as: exportContainer.default('jsonl'),
  options: exportOptions.prefault({}),
  /** Where the files go beside the download; null: nowhere. */
  destinationId: id.nullable().default(null),
})
export const createExport = wantedExport.refine(tiesWithMargin.check, tiesWithMargin)
export const previewExport = wantedExport
  .omit({ destinationId: true })
  .refine(tiesWithMargin.check, tiesWithMargin)

/** What an export would hold, found out on the first tasks. */
export const exportPreview = z.object({
  /** Rows of the whole export; a projection from the tasks looked at when `estimate`. */
  rows: z.number(),
  estimate: z.boolean(),
  tasks: z.object({ seen: z.number(), all: z.number() }),
  /** Of the tasks looked at: what gave no row, by reason. */
  dropped: z.record(z.string(), z.number()),
  /** Of the rows made: what they had to leave behind. */
  notes: z.record(z.string(), z.number()),
  /** Images that rows name; null: the tasks of the project show none. */
  media: z
    .object({
      /** As files beside the rows, as bytes in the rows, as references; or not at all, because the format cannot carry them. */
      as: z.enum(['files', 'in_rows', 'references', 'none']),
      /** Different images of the whole export, and their size in bytes; projected when `estimate`. */
      images: z.number(),
      bytes: z.number(),
    })
    .nullable(),
  /** The first five rows as they would stand in the file. */
  sample: z.array(z.record(z.string(), z.unknown())),
})
export type ExportPreview = z.infer<typeof exportPreview>

/** Which formats the form of a project can feed, and with which of its questions. */
export const exportTarget = z.object({
  format: exportFormat,
  feeds: z.boolean(),
  /** Ids of questions, and `question.axis`, that can decide the rows; the first does unless told otherwise. */
  questions: z.array(z.object({ key: z.string(), label: z.string(), type: z.string() })),
  /** What the form would need: kinds of judgment of which one is enough. */
  needs: z.array(z.string()),
  containers: z.array(exportContainer),
})
export type ExportTarget = z.infer<typeof exportTarget>

export const exportFile = z.object({
  name: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  url: z.string(),
})
export const deliveryState = z.enum(['waiting', 'done', 'failed'])
export const exportJob = z.object({
  id,
  projectId: id,
  format: exportFormat,
  as: z.string(),
  status: z.enum(['queued', 'running', 'done', 'failed']),
  /** 0..1 */
  progress: z.number(),
  rows: z.number().nullable(),
  dropped: z.record(z.string(), z.number()).nullable(),
  error: z.string().nullable(),
  createdAt: timestamp,
  finishedAt: timestamp.nullable(),
  files: z.array(exportFile),
  /** Files `images/…` beside these, which the manifest lists: how many, and their size in bytes. */
  images: z.object({ files: z.number(), bytes: z.number() }),
  /** How the files came to the destination that was asked for; null: none was. */
  delivery: z
    .object({
      destination: z.string(),
      state: deliveryState,
      /** Where they are now. */
      url: z.string().nullable(),
      error: z.string().nullable(),
    })
    .nullable(),
})
export type ExportJob = z.infer<typeof exportJob>

const part = (max: number) => text(max, 1).regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/)

/** Where exports can be sent, without its secret. */
export const destinationPlace = z.discriminatedUnion('kind', [
  /** Below the folder that the operator allows for exports. */
  z.strictObject({ kind: z.literal('folder'), path: text(300, 1) }),
  z.strictObject({
    kind: z.literal('s3'),
    endpoint: z.url({ protocol: /^https?$/ }),
    region: part(60).default('us-east-1'),
    bucket: part(63),
    prefix: text(300).default(''),
    accessKeyId: text(200, 1),
  }),
  z.strictObject({
    kind: z.literal('hugging_face'),
    /** `owner/name` of a dataset repository; made when it is not there. */
    repository: text(200, 3).regex(
      /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/,
      'Write it as owner/name, such as my-team/preferences.',
    ),
    private: z.boolean().default(true),
  }),
])
export type DestinationPlace = z.output<typeof destinationPlace>

export const createDestination = z.strictObject({
  name: nameText(80),
  place: destinationPlace,
  /** The secret access key or token; kept encrypted and never shown again. A folder needs none. */
  secret: text(2_000, 1).optional(),
})
export const destination = z.object({
  id,
  name: z.string(),
  place: destinationPlace,
  hasSecret: z.boolean(),
  createdAt: timestamp,
})
export type Destination = z.infer<typeof destination>

/** The key that signs the chains of hashes of this instance's exports. */
export const exportKey = z.object({
  algorithm: z.literal('Ed25519'),
  /** PEM, SubjectPublicKeyInfo. */
  publicKey: z.string(),
  /** The first 16 hex digits of the SHA-256 of the key's DER. */
  keyId: z.string(),
})
