import type { Form, Message, ShownTask, TaskPayload } from '@groundwork/contract'
import { formNeeds, taskMisfit } from '@groundwork/contract/checks'

const said = (role: Message['role'], text: string): Message => ({ role, parts: [{ type: 'text', text }] })

const answers = [
  'It takes about eight minutes and twenty seconds: the distance is 149.6 million km, and light covers 299,792 km in a second.\n\n$$t = \\frac{149.6 \\times 10^6}{299\\,792} \\approx 499\\ \\text{s}$$',
  'Roughly **eight minutes**. Light from the Sun that you see now left it before you began to make your tea.',
  'About 500 seconds. Light travels at 300,000 km/s and the Sun is 150,000,000 km away, so it is 150,000,000 / 300,000.',
  'It depends on the season: the distance changes by some 5 million km over the year, so between 490 and 507 seconds.',
]

/** A task to look at a form with: the one given when the form can judge it, else one that is made up for it. */
export function sampleTask(form: Form, given: TaskPayload | undefined): ShownTask {
  if (given && taskMisfit(form, given) === null) {
    return {
      id: `sample ${given.externalId ?? 'given'}`,
      context: given.context,
      candidates: given.candidates.map(({ id, messages }) => ({ id, messages })),
    }
  }
  const { least, most } = formNeeds(form)
  const ranks = form.questions.some((question) => question.type === 'ranking')
  const count = ranks ? 4 : Math.max(least, Math.min(most ?? 1, 2))
  return {
    id: `sample of ${count}`,
    context: [said('user', 'How long does light take from the Sun to the Earth? Show how you get there.')],
    candidates: answers.slice(0, count).map((text, index) => ({
      id: String.fromCharCode(97 + index),
      messages: [said('assistant', text)],
    })),
  }
}
