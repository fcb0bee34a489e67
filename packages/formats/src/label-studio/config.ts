import type { WriteReport } from '../export/report.ts'

const PAIR = `  <View style="display: grid; grid-template-columns: 1fr 1fr; column-gap: 8px">
    <Text name="answer1" value="$answer1"/>
    <Text name="answer2" value="$answer2"/>
  </View>
`
const VOTE = `  <Pairwise name="preference" toName="answer1,answer2"/>
  <Rating name="strength" toName="prompt" maxRating="3"/>
  <Choices name="tie" toName="prompt" choice="single">
    <Choice value="tie"/>
    <Choice value="both_good"/>
    <Choice value="both_bad"/>
  </Choices>
  <TextArea name="reason" toName="prompt" editable="true"/>
`

/** The names of controls that are always the same; a criterion that is called so gets another. */
const taken = new Set(['prompt', 'answer', 'answer1', 'answer2', 'items', 'image', 'images', 'dialogue'])
for (const name of ['preference', 'strength', 'tie', 'reason', 'rank', 'label', 'thumb', 'comment'])
  taken.add(name)

export const criterionName = (criterion: string): string =>
  taken.has(criterion) ? `${criterion}_rating` : criterion

/**
 * The labelling configuration to which written tasks belong: what they show, and a control for each kind of judgment that is in them, with its labels.
 * Without a report that names any it is that of two answers: a preference, its strength, the kind of tie, a reason.
 * @param images whether the tasks have images beside their texts
 */
export function labelStudioConfig({ seen = {} }: Pick<WriteReport, 'seen'> = {}, images = false): string {
  const shapes = seen.shape ?? ['pair']
  const has = (...names: string[]) => names.some((name) => shapes.includes(name))
  const to = has('image') ? 'image' : has('dialogue') ? 'dialogue' : 'prompt'
  const votes = seen.control?.includes('preference') || !seen.shape || isOnlyPairs(seen)
  return [
    '<View>\n',
    images ? '  <Image name="images" valueList="$images"/>\n' : '',
    has('pair', 'items', 'answer', 'prompt') ? '  <Text name="prompt" value="$prompt"/>\n' : '',
    has('pair') ? PAIR : '',
    has('answer') ? '  <Text name="answer" value="$answer"/>\n' : '',
    has('items') ? '  <List name="items" value="$items" title="Answers"/>\n' : '',
    has('image') ? '  <Image name="image" value="$image"/>\n' : '',
    has('dialogue')
      ? '  <Paragraphs name="dialogue" value="$dialogue" nameKey="author" textKey="text"/>\n'
      : '',
    has('pair') && votes ? VOTE : '',
    ...controls(seen, to, has('pair') && votes),
    '</View>\n',
  ].join('')
}

/** Pairs about which nobody said anything are there to be compared. */
const isOnlyPairs = ({ shape, control }: Record<string, string[]>): boolean =>
  shape?.length === 1 && shape[0] === 'pair' && control === undefined

function controls(seen: Record<string, string[]>, to: string, voted: boolean): string[] {
  const ratings = Object.entries(seen).filter(([kind]) => kind.startsWith('rating '))
  const spans = Object.entries(seen).filter(([kind]) => kind.startsWith('span '))
  return [
    ...(seen.control?.includes('rank') || seen.shape?.includes('items')
      ? ['  <Ranker name="rank" toName="items"/>\n']
      : []),
    ...ratings.map(([kind, values]) => {
      const [, target = '', name = ''] = kind.split('\u0000')
      const most = Math.max(5, ...values.map(Number))
      return `  <Rating name="${escaped(name)}" toName="${target}" maxRating="${most}"/>\n`
    }),
    ...(seen.label
      ? [choices('label', to, seen.label, seen.control?.includes('labels') ? 'multiple' : 'single')]
      : []),
    ...(seen.control?.includes('thumb') ? [choices('thumb', 'answer', ['good', 'bad'], 'single')] : []),
    ...spans.map(([kind, labels]) => {
      const target = kind.slice('span '.length)
      const tag = target === 'dialogue' ? 'ParagraphLabels' : 'Labels'
      return listed(tag, `name="span_${target}" toName="${target}"`, 'Label', labels)
    }),
    ...(seen.box ? [listed('RectangleLabels', 'name="box" toName="image"', 'Label', seen.box)] : []),
    ...(seen.text ?? []).map((each) => {
      const [name = '', target = ''] = each.split('\u0000')
      return `  <TextArea name="${escaped(name)}" toName="${target}" editable="true"/>\n`
    }),
    ...(seen.control?.includes('reason') && !voted
      ? [`  <TextArea name="reason" toName="${to}" editable="true"/>\n`]
      : []),
  ]
}

const choices = (name: string, to: string, values: readonly string[], choice: 'single' | 'multiple') =>
  listed('Choices', `name="${name}" toName="${to}" choice="${choice}"`, 'Choice', values)

const listed = (tag: string, attributes: string, item: string, values: readonly string[]) =>
  `  <${tag} ${attributes}>\n${values.map((value) => `    <${item} value="${escaped(value)}"/>\n`).join('')}  </${tag}>\n`

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
