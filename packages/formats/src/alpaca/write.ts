import { demonstrationsOf } from '../feedback/demonstrations.ts'
import { imagesOf } from '../feedback/images.ts'
import type { WriteRows } from '../feedback/out.ts'
import { splitSystem, turnsOf } from '../sharegpt/turns.ts'

/** `{"instruction", "input", "output", "system", "history"}`; only conversations in which two take turns can be written. */
export const writeAlpaca: WriteRows = (feedback, out) => {
  for (const { context, answer } of demonstrationsOf(feedback, out)) {
    const { system, rest } = splitSystem([...context, ...answer])
    const turns = turnsOf(rest, out)
    if (!turns) continue
    if (turns.length % 2 === 1 || turns.some(({ from }) => from !== 'human' && from !== 'gpt')) {
      out.drop('not_questions_and_answers')
      continue
    }
    const texts = turns.map(({ value }) => value)
    const history = []
    for (let index = 0; index < texts.length - 2; index += 2) history.push(texts.slice(index, index + 2))
    const [instruction, output] = texts.slice(-2)
    out.row({ instruction, input: '', output, system: system ?? '', history, ...imagesOf(context, out) })
  }
}
