import { expect, test } from 'vitest'
import { readGood } from '../../test/reading.ts'

test('a step that a person wrote is right, also where its rating is null', async () => {
  const step = (human: object) => ({ completions: null, human_completion: human, chosen_completion: null })
  const row = {
    question: { problem: 'p', ground_truth_answer: '4' },
    label: { steps: [step({ text: 'h', rating: null }), step({ text: 'i', rating: -1 })] },
  }
  const [item] = await readGood([row], { kinds: 'all' })
  expect(item?.annotations[0]?.verdict).toMatchObject({
    steps: [
      { text: 'h', label: 1 },
      { text: 'i', label: -1 },
    ],
  })
})
