export type QuestionKind = 'label' | 'rating' | 'text' | 'ranking' | 'multi_label' | 'span'

const kinds: readonly QuestionKind[] = ['label', 'rating', 'text', 'ranking', 'multi_label', 'span']
const ofPairs = ['preference', 'strength', 'reason']

/** Questions in the order in which they stand in every record: those of a pair, then by kind and name. */
export function inOrder(questions: readonly { name: string; kind: QuestionKind }[]) {
  const place = (name: string) => (ofPairs.includes(name) ? ofPairs.indexOf(name) : ofPairs.length)
  return questions.toSorted(
    (one, other) =>
      place(one.name) - place(other.name) ||
      kinds.indexOf(one.kind) - kinds.indexOf(other.kind) ||
      (one.name < other.name ? -1 : 1),
  )
}
