import { type Form, form, type TaskPayload } from '@groundwork/contract'

const options = [
  { value: 'α', label: 'Alpha' },
  { value: 'two words', label: 'Two words' },
  { value: 'under', label: 'Under alpha', parent: 'α' },
]
const only = (question: string, value: string | number) => ({ tests: [{ question, op: 'is', value }] })

/** Forms that between them have every type of question, with most of its settings. */
export const everyType: Record<string, Form> = {
  comparison: form.parse({
    blocks: [{ type: 'context' }, { type: 'candidates' }],
    questions: [
      {
        id: 'preference',
        type: 'preference',
        label: 'Better?',
        axes: [
          { id: 'safety', label: 'Safety' },
          { id: 'style', label: 'Style' },
        ],
      },
      { id: 'order', type: 'ranking', label: 'Order?', partial: true },
      { id: 'why', type: 'text', label: 'Why?', format: 'markdown', showIf: only('preference', 'a') },
      { id: 'each', type: 'text', label: 'Of each?', each: 'candidate', required: false },
      {
        id: 'says',
        type: 'choice',
        label: 'Of each message?',
        each: 'message',
        roles: ['user', 'assistant'],
        options,
      },
    ],
  }),
  rating: form.parse({
    blocks: [{ type: 'context' }, { type: 'candidates', view: 'code' }],
    questions: [
      {
        id: 'good',
        type: 'scale',
        label: 'How good?',
        each: 'candidate',
        notApplicable: true,
        points: [-3, 0, 7].map((value) => ({ value })),
      },
      { id: 'topic', type: 'choice', label: 'Topic?', options },
      { id: 'tags', type: 'multichoice', label: 'Tags?', options, min: 1, max: 2, required: false },
      { id: 'rewrite', type: 'rewrite', label: 'Rewrite', allowUnchanged: true },
      { id: 'talk', type: 'turns', label: 'Go on', first: 'assistant', min: 1, max: 5, last: 'assistant' },
    ],
  }),
  marking: form.parse({
    blocks: [{ type: 'context' }, { type: 'candidates' }],
    questions: [
      {
        id: 'errors',
        type: 'spans',
        label: 'Errors?',
        of: 'all',
        categories: options,
        severities: [
          { value: 'minor', label: 'Minor' },
          { value: 'major', label: 'Major', weight: 5 },
        ],
      },
      { id: 'lines', type: 'spans', label: 'Lines?', unit: 'line', categories: options, comment: 'required' },
      { id: 'steps', type: 'steps', label: 'Steps?', each: 'candidate' },
      {
        id: 'first',
        type: 'steps',
        label: 'First error?',
        each: 'candidate',
        mode: 'first_error',
        split: 'lines',
        better: 'required',
      },
      { id: 'facts', type: 'sources', label: 'Facts?', verdicts: options, sourceFor: ['α'] },
    ],
  }),
}

const message = (role: 'user' | 'assistant', text: string) => ({
  role,
  parts: [{ type: 'text' as const, text }],
})

/** Texts that break programs which count in the wrong units or clean up what they should keep. */
const texts = [
  'Family 👩‍👩‍👧‍👦 and flag 🏳️‍🌈.\r\n\r\nSecond paragraph\rwith an old line end.\n\nThird\u2028with a line separator\u2029and a paragraph one.',
  'שלום עולם, this is ‮right to left‬ and back. \n```\nlet x = "\\u0041" // code\n\nstays = together\n```\n\nمرحبا\u00a0بالعالم \ufeff and \u200b zero width.',
  '𝒳𝓎 beyond the basic plane 𐍈𐍈𐍈\n\u0085next line, tab\tand e\u0301 against \u00e9; "quotes" \\ <script>alert(1)</script> {{x}} %s \u001b[31m',
]

/** Tasks of two candidates whose texts are as hostile as text can be. */
export const hostileTasks: TaskPayload[] = texts.map((text, index) => ({
  externalId: `hostile-${index} ‮👍`,
  context: [message('user', text)],
  candidates: [
    { id: 'a', messages: [message('assistant', texts[(index + 1) % texts.length] ?? '')] },
    { id: 'b', messages: [message('assistant', texts[(index + 2) % texts.length] ?? '')] },
  ],
}))
