import type { WriteFormat } from '../write-formats.ts'

type Usage = { heading: string; text: string }

/**
 * How files of a format are put to use, as sections of a dataset card: what to type, and what to watch out for.
 * @param margin whether the rows have a margin column
 */
export function usageOf(format: WriteFormat, { margin = false }: { margin?: boolean } = {}): Usage[] {
  const sections = [{ heading: 'Load', text: block('python', LOAD) }]
  switch (format) {
    case 'trl-preference':
      sections.push(
        { heading: 'TRL', text: trlPreference(margin) },
        { heading: 'OpenRLHF', text: openrlhf(margin) },
      )
      break
    case 'trl-unpaired':
      sections.push({
        heading: 'TRL',
        text: 'For `KTOTrainer`. The rows are bare messages with a true or false `label`.',
      })
      break
    case 'trl-sft':
    case 'trl-prompt-completion':
      sections.push({ heading: 'TRL', text: 'For `SFTTrainer`. Text is untrimmed and has no end tokens.' })
      break
    case 'trl-stepwise':
      sections.push({
        heading: 'TRL',
        text: 'For `PRMTrainer`. It puts its own separator between the steps.',
      })
      break
    case 'axolotl':
      sections.push({ heading: 'axolotl', text: block('yaml', AXOLOTL) })
      break
    case 'llama-factory':
    case 'sharegpt':
    case 'alpaca':
      sections.push({
        heading: 'LLaMA-Factory',
        text: 'Put the file and `dataset_info.json` into the folder that `dataset_dir` names.',
      })
      break
    default:
  }
  return sections
}

const LOAD = `from datasets import load_dataset

data = load_dataset("path/to/this/folder")`

const AXOLOTL = `rl: dpo
datasets:
  - path: train.jsonl
    ds_type: json
    type: chat_template.default
    field_messages: messages
    field_chosen: chosen
    field_rejected: rejected`

function trlPreference(margin: boolean): string {
  const what =
    'For `DPOTrainer` and `RewardTrainer`. The prompt is explicit, and messages hold nothing but what a chat template reads.'
  return margin ? `${what} \`RewardTrainer\` uses \`margin\`; \`DPOTrainer\` ignores it.` : what
}

function openrlhf(margin: boolean): string {
  const flags = [
    '--data.prompt_key prompt',
    '--data.chosen_key chosen',
    '--data.rejected_key rejected',
    '--data.apply_chat_template',
    ...(margin ? ['--model.margin_loss_enable'] : []),
  ]
  return `${block('', flags.join('\n'))}\n\nPrompts that are too long for the model are dropped there without a word.`
}

function block(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``
}
