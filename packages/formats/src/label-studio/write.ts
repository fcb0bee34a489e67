import { type Message, messageText } from '@groundwork/contract'
import { countingVerdicts, type Feedback } from '../feedback/feedback.ts'
import { imagesOf, unfitImages } from '../feedback/images.ts'
import type { WriteRows } from '../feedback/out.ts'

/** The labelling configuration to which the written tasks belong: two answers, a preference, its strength, the kind of tie, a reason. */
export const labelStudioConfig = configWith('')
/** The same for tasks with images. */
export const labelStudioConfigWithImages = configWith('\n  <Image name="images" valueList="$images"/>')

function configWith(images: string): string {
  return `<View>${images}
  <Text name="prompt" value="$prompt"/>
  <View style="display: grid; grid-template-columns: 1fr 1fr; column-gap: 8px">
    <Text name="answer1" value="$answer1"/>
    <Text name="answer2" value="$answer2"/>
  </View>
  <Pairwise name="preference" toName="answer1,answer2"/>
  <Rating name="strength" toName="prompt" maxRating="3"/>
  <Choices name="tie" toName="prompt" choice="single">
    <Choice value="tie"/>
    <Choice value="both_good"/>
    <Choice value="both_bad"/>
  </Choices>
  <TextArea name="reason" toName="prompt" editable="true"/>
</View>
`
}

/** Where Label Studio serves files of its local storage, by their path below its document root. */
const LOCAL_FILES = '/data/local-files/?d='

/**
 * Tasks of two answers with their votes, one annotation a vote. Its `pairwise` knows neither strength nor ties, so both stand beside it as a
 * rating and a choice.
 */
export const writeLabelStudio: WriteRows = (feedback, out) => {
  const { task } = feedback
  const [first, second] = task.candidates
  if (!first || !second || task.candidates.length > 2) return out.drop('not_a_pair')
  const answers = [...first.messages, ...second.messages]
  const messages = [...task.context, ...answers]
  const unfit = unfitImages(task.context, answers, out.options.images)
  if (unfit) return out.drop(unfit)
  const { images } = imagesOf(task.context, out)
  if (messages.some((each) => each.toolCalls)) out.note('tool_calls_left_out')
  const votes = countingVerdicts(feedback, 'pairwise').length > 0 ? annotationsOf(feedback) : []
  out.row({
    data: {
      prompt: shown(task.context),
      answer1: shown(first.messages),
      answer2: shown(second.messages),
      ...(task.externalId !== undefined && { external_id: task.externalId }),
      ...(images && { images: images.map((name) => `${LOCAL_FILES}${name}`) }),
    },
    annotations: votes,
  })
}

function annotationsOf(feedback: Feedback) {
  const people = new Map<string, number>()
  return feedback.annotations.flatMap(({ by, rationale, verdict }, index) => {
    if (verdict.type !== 'pairwise') return []
    const person = by ?? 'conclusion'
    if (!people.has(person)) people.set(person, people.size + 1)
    const decided = verdict.outcome === 'a' || verdict.outcome === 'b'
    const id = `v${index + 1}`
    const size = Math.round(Math.abs(verdict.strength ?? 0))
    const to = 'prompt'
    const result = [
      decided
        ? {
            id: `${id}p`,
            from_name: 'preference',
            to_name: 'answer1,answer2',
            type: 'pairwise',
            value: { selected: verdict.outcome === 'a' ? 'left' : 'right' },
          }
        : {
            id: `${id}t`,
            from_name: 'tie',
            to_name: to,
            type: 'choices',
            value: { choices: [verdict.outcome] },
          },
      ...(decided && size >= 1
        ? [{ id: `${id}s`, from_name: 'strength', to_name: to, type: 'rating', value: { rating: size } }]
        : []),
      ...(rationale === undefined
        ? []
        : [
            {
              id: `${id}r`,
              from_name: 'reason',
              to_name: to,
              type: 'textarea',
              value: { text: [rationale] },
            },
          ]),
    ]
    const completed = {
      completed_by: people.get(person),
      was_cancelled: false,
      ground_truth: by === undefined,
    }
    return [{ ...completed, result }]
  })
}

/** A single message as its text; several with who said them. */
function shown(messages: readonly Message[]): string {
  const [only] = messages
  if (messages.length === 1 && only) return messageText(only)
  return messages.map((each) => `${each.role}: ${messageText(each)}`).join('\n\n')
}
