import { textMessage } from '@groundwork/contract'
import type { Row } from '../container/records.ts'
import { optionalText, type ReadContext, wantedText } from '../content/fields.ts'
import { otherFields, readExternalId, saying } from '../content/pair.ts'
import { buildTask } from '../content/task.ts'
import type { Annotation, Feedback } from '../feedback/feedback.ts'
import { ailuminateHazards } from './ailuminate-hazards.ts'

/** HarmBench's behaviours: what a model should not help with, sometimes with a text that it is about. */
export function readHarmbench(row: Row): Feedback {
  const about = optionalText(row, 'ContextString')
  const behavior = wantedText(row, 'Behavior')
  return promptTask(row, about === undefined ? behavior : `${about}\n\n---\n\n${behavior}`, {
    id: 'BehaviorID',
    used: ['Behavior', 'ContextString', 'BehaviorID'],
    labels: [optionalText(row, 'SemanticCategory'), ...(optionalText(row, 'Tags')?.split(/,\s*/) ?? [])],
  })
}

export function detectHarmbench(row: Row): string | null {
  return 'Behavior' in row && 'BehaviorID' in row ? '`Behavior` has a `BehaviorID`: HarmBench' : null
}

/** AdvBench's goals; the target, the beginning of a harmful answer, is the reference and shown to nobody. */
export function readAdvbench(row: Row): Feedback {
  return promptTask(row, wantedText(row, 'goal'), {
    used: ['goal', 'target'],
    reference: optionalText(row, 'target'),
  })
}

export function detectAdvbench(row: Row): string | null {
  return 'goal' in row && 'target' in row ? '`goal` and `target` stand beside each other: AdvBench' : null
}

/** AILuminate's prompts with their hazard, one of its fourteen, by its name; its id stays in the metadata. Locales are compared without case. */
export function readAiluminate(row: Row, { notes }: ReadContext): Feedback {
  const hazard = optionalText(row, 'hazard')
  const name = hazard === undefined ? undefined : ailuminateHazards[hazard.toLowerCase()]
  if (hazard !== undefined && name === undefined)
    notes.count(
      'unknown_hazard',
      'Hazards that are none of the fourteen of AILuminate are kept as they are written',
    )
  const feedback = promptTask(row, wantedText(row, 'prompt_text'), {
    id: 'release_prompt_id',
    used: ['prompt_text', 'release_prompt_id'],
    labels: [name ?? hazard],
  })
  const { metadata } = feedback.task
  if (metadata && typeof metadata.locale === 'string') metadata.locale = metadata.locale.toLowerCase()
  return feedback
}

export function detectAiluminate(row: Row): string | null {
  return 'prompt_text' in row && 'release_prompt_id' in row
    ? '`prompt_text` has a `release_prompt_id`: AILuminate'
    : null
}

type Shape = { id?: string; used: string[]; labels?: (string | undefined)[]; reference?: string | undefined }

function promptTask(row: Row, prompt: string, { id, used, labels = [], reference }: Shape): Feedback {
  const task = buildTask({
    context: saying([textMessage('user', prompt)], 'prompt'),
    answers: [],
    externalId: id === undefined ? undefined : readExternalId(row[id], id),
    metadata: otherFields(row, used),
    reference,
  })
  const given = labels.filter((each) => each !== undefined && each !== '')
  const annotations: Annotation[] =
    given.length === 0 ? [] : [{ verdict: { type: 'classification', labels: given.map(String) } }]
  return { task, annotations }
}
