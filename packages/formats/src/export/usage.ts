import type { WriteFormat } from '../write-formats.ts'
import type { SavedImages } from './features.ts'

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

/**
 * Where the images of rows are, and how a loader finds them, as a section of a dataset card; none when the rows name no images.
 * @param images by their names, or with their bytes
 */
export function imageUsage(format: WriteFormat | 'coco', images: SavedImages | false): Usage[] {
  if (!images || images === 'none') return []
  return [{ heading: 'Images', text: images === 'bytes' ? IN_ROWS : (placed[format] ?? CAST) }]
}

const IN_ROWS =
  'The column `images` holds them with their bytes, in the order of their places in the messages; `datasets` decodes them by itself.'

const BESIDE = 'Rows name files of the folder `images`, by the SHA-256 of their bytes.'

const FROM_FOLDER = `import os
from datasets import Image, List, load_dataset

folder = "path/to/this/folder"
data = load_dataset(folder)
data = data.map(lambda row: {"images": [os.path.join(folder, path) for path in row["images"]]})
data = data.cast_column("images", List(Image()))`

const CAST = `${BESIDE} They stand in the order of their places in the messages. To have them decoded:\n\n${block('python', FROM_FOLDER)}\n\nAs Parquet the images stand in the rows, and nothing has to be done.`

const COCO = `import torchvision

data = torchvision.datasets.CocoDetection(root="path/to/this/folder", annFile="path/to/this/folder/annotations.json")`

const LLAMA_FACTORY = `${BESIDE} LLaMA-Factory looks for them below \`media_dir\`, which is the same folder as \`dataset_dir\` unless it is set; \`<image>\` stands for each of them in the texts.`

const placed: Partial<Record<WriteFormat | 'coco', string>> = {
  coco: `${BESIDE}\n\n${block('python', COCO)}`,
  raw: `${BESIDE} A task names them by the id of an asset; \`images\` beside it says which file each is.`,
  'llama-factory': LLAMA_FACTORY,
  sharegpt: LLAMA_FACTORY,
  alpaca: LLAMA_FACTORY,
  'label-studio': `${BESIDE} Start Label Studio with \`LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=true\` and \`LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT\` set to this folder, and add the folder as local storage of the project.`,
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
