import { writeAlpaca } from './alpaca/write.ts'
import { writeArgilla } from './argilla/write.ts'
import { writeAxolotl } from './axolotl/write.ts'
import { withLosses } from './feedback/losses.ts'
import type { WriteRows } from './feedback/out.ts'
import { writeHelpsteer3 } from './helpsteer3/write.ts'
import { writeHhRlhf } from './hh-rlhf/write.ts'
import { writeLabelStudio } from './label-studio/write.ts'
import { writeLlamaFactory } from './llama-factory/write.ts'
import { writeOpenaiDpo } from './openai-dpo/write.ts'
import { writeOpenaiRft } from './openai-rft/write.ts'
import { writeOpenaiSft } from './openai-sft/write.ts'
import { writeRawFeedback } from './raw/write-feedback.ts'
import { writeSharegpt } from './sharegpt/write.ts'
import { writeTrlPreferenceRows } from './trl-preference/write-feedback.ts'
import { writeTrlPromptCompletion } from './trl-prompt-completion/write.ts'
import { writeTrlPromptOnly } from './trl-prompt-only/write.ts'
import { writeTrlSft } from './trl-sft/write.ts'
import { writeTrlStepwise } from './trl-stepwise/write.ts'
import { writeTrlUnpaired } from './trl-unpaired/write.ts'

const rowsOf = {
  raw: writeRawFeedback,
  'trl-preference': writeTrlPreferenceRows,
  'trl-sft': writeTrlSft,
  'trl-prompt-completion': writeTrlPromptCompletion,
  'trl-unpaired': writeTrlUnpaired,
  'trl-stepwise': writeTrlStepwise,
  'trl-prompt-only': writeTrlPromptOnly,
  'openai-sft': writeOpenaiSft,
  'openai-dpo': writeOpenaiDpo,
  'openai-rft': writeOpenaiRft,
  helpsteer3: writeHelpsteer3,
  sharegpt: writeSharegpt,
  alpaca: writeAlpaca,
  'llama-factory': writeLlamaFactory,
  argilla: writeArgilla,
  axolotl: writeAxolotl,
  'hh-rlhf': writeHhRlhf,
  'label-studio': writeLabelStudio,
} as const satisfies Record<string, WriteRows>

export type WriteFormat = keyof typeof rowsOf

/** Every format that feedback can be written in, row by row. What rows cannot hold is said of each. */
export const writers = Object.fromEntries(
  Object.entries(rowsOf).map(([format, write]) => [format, withLosses(format as WriteFormat, write)]),
) as Record<WriteFormat, WriteRows>
