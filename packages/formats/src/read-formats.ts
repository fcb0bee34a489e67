import { detectAlpaca, readAlpaca } from './alpaca/read.ts'
import { detectArena, readArena } from './arena/read.ts'
import { detectArgilla, readArgilla } from './argilla/read.ts'
import { detectAxolotl, readAxolotl } from './axolotl/read.ts'
import { detectBeavertails, readBeavertails } from './beavertails/read.ts'
import { detectCoco, readCoco } from './coco/read.ts'
import type { Row, SourceRecord } from './container/records.ts'
import type { ReadContext } from './content/fields.ts'
import type { Feedback } from './feedback/feedback.ts'
import {
  detectHelpsteer2,
  detectHelpsteer2Preference,
  readHelpsteer2,
  readHelpsteer2Preference,
} from './helpsteer2/read.ts'
import { detectHelpsteer3, readHelpsteer3 } from './helpsteer3/read.ts'
import { detectHhRedTeam, readHhRedTeam } from './hh-red-team/read.ts'
import { detectHhRlhf, readHhRlhf } from './hh-rlhf/read.ts'
import { detectLabelStudio, readLabelStudio } from './label-studio/read.ts'
import { detectLlamaFactory, readLlamaFactory } from './llama-factory/read.ts'
import { detectMtBench, readMtBench } from './mt-bench/read.ts'
import { detectNectar, readNectar } from './nectar/read.ts'
import { gatherTrees } from './oasst/gather.ts'
import { detectOasst, readOasst } from './oasst/read.ts'
import { detectOpenaiDpo, readOpenaiDpo } from './openai-dpo/read.ts'
import { detectOpenaiRft, readOpenaiRft } from './openai-rft/read.ts'
import { detectOpenaiSft, readOpenaiSft } from './openai-sft/read.ts'
import { detectPrm800k, readPrm800k } from './prm800k/read.ts'
import {
  detectAdvbench,
  detectAiluminate,
  detectHarmbench,
  readAdvbench,
  readAiluminate,
  readHarmbench,
} from './prompt-lists/read.ts'
import { detectRaw, readRaw } from './raw/read.ts'
import {
  detectRewardbench,
  detectRewardbench2,
  readRewardbench,
  readRewardbench2,
} from './rewardbench/read.ts'
import { detectSharegpt, readSharegpt } from './sharegpt/read.ts'
import { detectShp, readShp } from './shp/read.ts'
import { detectTrlPreference, readTrlPreference } from './trl-preference/read.ts'
import { detectTrlPromptCompletion, readTrlPromptCompletion } from './trl-prompt-completion/read.ts'
import { detectTrlPromptOnly, readTrlPromptOnly } from './trl-prompt-only/read.ts'
import { detectTrlSft, readTrlSft } from './trl-sft/read.ts'
import { detectTrlStepwise, readTrlStepwise } from './trl-stepwise/read.ts'
import { detectTrlUnpaired, readTrlUnpaired } from './trl-unpaired/read.ts'
import { detectUltrafeedback, readUltrafeedback } from './ultrafeedback/read.ts'

/** A format whose records are read without being told what their fields mean. */
export type SelfDescribing = {
  name: string
  /** Whether every task has two candidates, so that it can be compared as it comes. */
  pairs: boolean
  /** Why this row is of the format, as a sentence without its full stop; null when it is not. */
  detect(row: Row): string | null
  read(row: Row, context: ReadContext): Feedback | Feedback[]
  /** Puts records together where a source spreads over several rows what belongs to one. */
  gather?(context: ReadContext): Gather
}

/** Gives the records to be read, as they are whole; the last at the end. */
export type Gather = {
  push(record: SourceRecord): Iterable<SourceRecord>
  end(): Iterable<SourceRecord>
}

/** In the order in which they are tried on an unknown file: the narrower before the wider. */
export const selfDescribing = [
  { name: 'raw', pairs: true, detect: detectRaw, read: readRaw },
  { name: 'label-studio', pairs: false, detect: detectLabelStudio, read: readLabelStudio },
  { name: 'argilla', pairs: false, detect: detectArgilla, read: readArgilla },
  { name: 'coco', pairs: false, detect: detectCoco, read: readCoco },
  { name: 'hh-rlhf', pairs: true, detect: detectHhRlhf, read: readHhRlhf },
  { name: 'rewardbench', pairs: true, detect: detectRewardbench, read: readRewardbench },
  { name: 'rewardbench-2', pairs: false, detect: detectRewardbench2, read: readRewardbench2 },
  { name: 'axolotl', pairs: true, detect: detectAxolotl, read: readAxolotl },
  { name: 'llama-factory', pairs: true, detect: detectLlamaFactory, read: readLlamaFactory },
  { name: 'trl-preference', pairs: true, detect: detectTrlPreference, read: readTrlPreference },
  { name: 'helpsteer3', pairs: true, detect: detectHelpsteer3, read: readHelpsteer3 },
  {
    name: 'helpsteer2-preference',
    pairs: true,
    detect: detectHelpsteer2Preference,
    read: readHelpsteer2Preference,
  },
  { name: 'openai-dpo', pairs: true, detect: detectOpenaiDpo, read: readOpenaiDpo },
  { name: 'mt-bench', pairs: true, detect: detectMtBench, read: readMtBench },
  { name: 'arena', pairs: true, detect: detectArena, read: readArena },
  { name: 'shp', pairs: true, detect: detectShp, read: readShp },
  { name: 'helpsteer2', pairs: false, detect: detectHelpsteer2, read: readHelpsteer2 },
  { name: 'beavertails', pairs: false, detect: detectBeavertails, read: readBeavertails },
  { name: 'ultrafeedback', pairs: false, detect: detectUltrafeedback, read: readUltrafeedback },
  { name: 'nectar', pairs: false, detect: detectNectar, read: readNectar },
  { name: 'oasst', pairs: false, detect: detectOasst, read: readOasst, gather: gatherTrees },
  { name: 'prm800k', pairs: false, detect: detectPrm800k, read: readPrm800k },
  { name: 'hh-red-team', pairs: false, detect: detectHhRedTeam, read: readHhRedTeam },
  { name: 'harmbench', pairs: false, detect: detectHarmbench, read: readHarmbench },
  { name: 'ailuminate', pairs: false, detect: detectAiluminate, read: readAiluminate },
  { name: 'advbench', pairs: false, detect: detectAdvbench, read: readAdvbench },
  { name: 'sharegpt', pairs: false, detect: detectSharegpt, read: readSharegpt },
  { name: 'openai-rft', pairs: false, detect: detectOpenaiRft, read: readOpenaiRft },
  { name: 'openai-sft', pairs: false, detect: detectOpenaiSft, read: readOpenaiSft },
  { name: 'trl-sft', pairs: false, detect: detectTrlSft, read: readTrlSft },
  { name: 'trl-stepwise', pairs: false, detect: detectTrlStepwise, read: readTrlStepwise },
  { name: 'trl-unpaired', pairs: false, detect: detectTrlUnpaired, read: readTrlUnpaired },
  {
    name: 'trl-prompt-completion',
    pairs: false,
    detect: detectTrlPromptCompletion,
    read: readTrlPromptCompletion,
  },
  { name: 'alpaca', pairs: false, detect: detectAlpaca, read: readAlpaca },
  { name: 'trl-prompt-only', pairs: false, detect: detectTrlPromptOnly, read: readTrlPromptOnly },
] as const satisfies SelfDescribing[]

export type TaskFormat = (typeof selfDescribing)[number]['name'] | 'pairs'

/** The names of all formats that can be read. */
export const readFormats: readonly TaskFormat[] = [...selfDescribing.map(({ name }) => name), 'pairs']
