import type { SpansAnswer, SpansQuestion } from '@groundwork/contract'
import type { Mapping } from './mapping.ts'

/** Marked passages, with their category and severity as labels. A first message of a response is named by the response alone. */
export const spans: Mapping<SpansQuestion> = {
  gives: () => ['spans'],
  pieces: (_, value) =>
    [...Map.groupBy((value as SpansAnswer).spans, ({ target }) => target)].map(([target, marked]) => ({
      verdict: {
        type: 'spans',
        target: target.startsWith('context:') ? target : target.replace(/:0$/, ''),
        spans: marked.map(({ start, end, quote, category, severity }) => ({
          start,
          end,
          quote,
          labels: severity === undefined ? [category] : [category, severity],
        })),
      },
    })),
}
