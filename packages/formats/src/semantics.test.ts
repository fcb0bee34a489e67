import { messageText } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { converted, faultsOf, readAll, readGood } from '../test/reading.ts'
import { samples } from '../test/samples.ts'
import { llamaFactoryDatasetInfo, preferencesOf, type TaskFormat } from './index.ts'
import { ailuminateHazards } from './prompt-lists/ailuminate-hazards.ts'

/** What sources mean, where it is easily misread. */
const one = async (format: Exclude<TaskFormat, 'pairs'>, over: object = {}) => {
  const [item] = await readGood([{ ...samples[format], ...over }], { format })
  if (!item) throw new Error('no task')
  return item
}
const verdicts = (item: Awaited<ReturnType<typeof one>>) => item.annotations.map(({ verdict }) => verdict)
const pairsOf = (item: Awaited<ReturnType<typeof one>>) => {
  const text = (id: { messages: Parameters<typeof messageText>[0][] }) =>
    id.messages.map(messageText).join('|')
  const { preferences, dropped } = preferencesOf(item)
  return { pairs: preferences.map(({ chosen, rejected }) => `${text(chosen)} > ${text(rejected)}`), dropped }
}

test('HelpSteer: a negative strength prefers the first response', async () => {
  expect(await one('helpsteer3')).toMatchObject({ gold: 'a' })
  expect(pairsOf(await one('helpsteer3')).pairs).toEqual(['x > y'])
  expect(pairsOf(await one('helpsteer3', { overall_preference: 1 })).pairs).toEqual(['y > x'])
  expect(await one('helpsteer3', { overall_preference: 0 })).toMatchObject({ gold: 'tie' })
})

test('HelpSteer: a strength of -100 means that neither is any good', async () => {
  const votes = verdicts(await one('helpsteer2-preference')).slice(1)
  expect(votes).toMatchObject([
    { outcome: 'b', strength: 3 },
    { outcome: 'both_bad', strength: 0 },
  ])
  expect(
    await faultsOf([{ ...samples.helpsteer3, overall_preference: 4 }], { format: 'helpsteer3' }),
  ).toEqual(['1 wrong_type'])
})

test('HelpSteer2: the turns of a long prompt are found again', async () => {
  const prompt = 'one\n<extra_id_1>Assistant\ntwo\n<extra_id_1>User\nthree\n'
  const { task } = await one('helpsteer2', { prompt })
  expect(task.context.map((each) => [each.role, messageText(each)])).toEqual([
    ['user', 'one'],
    ['assistant', 'two'],
    ['user', 'three\n'],
  ])
})

test('OASST: rank 0 is the best, deleted answers are gone, and every branch is a task', async () => {
  const items = await readGood([samples.oasst], { format: 'oasst' })
  expect(items.map(({ task }) => [task.externalId, task.context.length, task.candidates.length])).toEqual([
    ['m0', 1, 2],
    ['m3', 3, 1],
  ])
  expect(items.map(({ groupId }) => groupId)).toEqual(['tree', 'tree'])
  const [first] = items
  expect(first && pairsOf(first).pairs).toEqual(['best > second'])
})

test('Nectar: rank 1 is the best; seven answers give 21 pairs', async () => {
  expect(pairsOf(await one('nectar')).pairs).toEqual(['best > mid', 'mid > worst', 'best > worst'])
  const answers = Array.from({ length: 7 }, (_, n) => ({ answer: `x${n}`, model: 'm', rank: n + 1 }))
  expect(pairsOf(await one('nectar', { answers })).pairs.length).toBe(21)
})

test('a ranking of four with one tie gives five pairs', async () => {
  const answers = [1, 2, 2, 3].map((rank, n) => ({ answer: `x${n}`, model: 'm', rank }))
  const { pairs, dropped } = pairsOf(await one('nectar', { answers }))
  expect(pairs.length).toBe(5)
  expect(dropped).toEqual(['equal_rank'])
})

test('SHP: label 1 is the first comment', async () => {
  expect(await one('shp')).toMatchObject({ gold: 'a', groupId: 'shp:p1' })
  expect(await one('shp', { labels: 0 })).toMatchObject({ gold: 'b' })
})

test('Arena: "both bad" in both spellings; a vote is one person’s and no known answer', async () => {
  for (const winner of ['tie (bothbad)', 'both_bad']) {
    const item = await one('arena', { winner })
    expect(item.gold).toBe(undefined)
    expect(item.annotations).toMatchObject([{ by: 'arena_user_9', verdict: { outcome: 'both_bad' } }])
  }
  expect(await faultsOf([{ ...samples.arena, winner: 'nobody' }], { format: 'arena' })).toEqual([
    '1 unknown_gold',
  ])
})

const say = (role: string, content: string) => ({ role, content })
const longBattle = {
  conversation_a: [say('user', 'q'), say('assistant', 'x'), say('user', 's'), say('assistant', 'x2')],
  conversation_b: [say('user', 'q'), say('assistant', 'y'), say('user', 's'), say('assistant', 'y2')],
}

test('Arena: the first exchange counts only where the vote was about it', async () => {
  const { turn: _, ...unsaid } = samples.arena as { turn: number }
  const rows = [
    samples.arena,
    { ...samples.arena, ...longBattle, turn: 1, question_id: 'judged at the first turn' },
    { ...samples.arena, ...longBattle, turn: 2 },
    { ...unsaid, ...longBattle },
  ]
  expect(await faultsOf(rows, { format: 'arena' })).toEqual(['3 several_turns', '4 several_turns'])
  const [, first] = await readGood(rows.slice(0, 2), { format: 'arena' })
  expect(first?.task.candidates.map((each) => each.messages.map(messageText))).toEqual([['x'], ['y']])
})

test('Arena: in whole battles there is no shared conversation after the first answers', async () => {
  const choices = { battles: 'whole' as const }
  const row = { ...samples.arena, ...longBattle, turn: 2 }
  const [item] = await readGood([row], { format: 'arena', choices })
  expect(item?.task.context.map(messageText)).toEqual(['q'])
  expect(item?.task.candidates.map((each) => each.messages.map(messageText))).toEqual([
    ['x', 's', 'x2'],
    ['y', 's', 'y2'],
  ])
  expect((await converted([{ ...row, winner: 'model_a' }], 'openai-dpo', { choices })).dropped).toEqual({
    answer_has_user_turns: 1,
  })
})

test('Arena 140k: content is a list of parts, with empty keys for images', async () => {
  const sayParts = (role: string, text: string) => ({
    role,
    content: [{ type: 'text', text, image: null, mimeType: null }],
  })
  const { task } = await one('arena', {
    id: 'x1',
    winner: 'model_b',
    conversation_a: [sayParts('user', 'q'), sayParts('assistant', 'x')],
    conversation_b: [sayParts('user', 'q'), sayParts('assistant', 'y')],
  })
  expect(task).toMatchObject({ externalId: 'x1', candidates: [{ model: 'm1' }, { model: 'm2' }] })
})

test('MT-bench: what comes after the judged turn was not judged', async () => {
  const first = await one('mt-bench')
  expect(first.task.candidates.map((each) => each.messages.length)).toEqual([1, 1])
  const second = await one('mt-bench', { turn: 2 })
  expect(second.task.candidates.map((each) => each.messages.length)).toEqual([3, 3])
  expect([first.groupId, second.groupId]).toEqual(['mt-bench:81', 'mt-bench:81'])
})

test('PRM800K: each try is a branch; neutral counts as wrong for TRL', async () => {
  const { rows, notes } = await converted([samples.prm800k], 'trl-stepwise')
  expect(rows).toEqual([
    { prompt: '1+1?', completions: ['Multiply.'], labels: [false] },
    { prompt: '1+1?', completions: ['Add.', 'Look.', '2'], labels: [true, false, true] },
  ])
  expect(notes).toMatchObject({ neutral_step_as_false: 1 })
})

test('PRM800K: a step without tries and without a person’s text ends the path', async () => {
  const label = { steps: [{ completions: null, human_completion: null, chosen_completion: null }] }
  expect(await faultsOf([{ ...samples.prm800k, label }], { format: 'prm800k' })).toEqual(['1 missing_field'])
})

test('UltraFeedback: ratings are texts, N/A is none, overall_score is no verdict', async () => {
  const item = await one('ultrafeedback')
  expect(verdicts(item)).toEqual([
    { type: 'rubric', candidate: 'a', scores: { instruction_following: 4, honesty: null, helpfulness: 5 } },
    { type: 'rubric', candidate: 'b', scores: { instruction_following: 2 } },
  ])
  expect(pairsOf(item).pairs).toEqual(['x > y'])
  expect(item.annotations[0]?.rationale).toContain('helpfulness: full')
})

test('RewardBench 2: one right answer and three wrong ones are three pairs, not one', async () => {
  expect(pairsOf(await one('rewardbench-2')).pairs).toEqual(['good > bad', 'good > worse', 'good > wrong'])
})

test('RewardBench: the same number in two subsets is two tasks', async () => {
  expect((await one('rewardbench')).dedupeKey).toBe('math/3')
})

test('BeaverTails: the commas in the names of categories separate nothing', async () => {
  expect(verdicts(await one('beavertails'))).toEqual([
    { type: 'classification', labels: ['drug_abuse,weapons,banned_substance'] },
    { type: 'thumb', candidate: 'a', good: false },
  ])
})

test('HarmBench: line ends inside quotes belong to the field', async () => {
  const file =
    'Behavior,FunctionalCategory,SemanticCategory,Tags,ContextString,BehaviorID\n"two\nlines",x,y,,"about, this",b1\n'
  const [item] = await readGood(file, { format: 'harmbench' })
  expect(item?.task).toMatchObject({ externalId: 'b1' })
  expect(item?.task.context.map(messageText)).toEqual(['about, this\n\n---\n\ntwo\nlines'])
})

test('KTO: both good are two good ones, both bad two bad ones, a tie nothing, and losing is not being bad', async () => {
  const vote = async (outcome: string, unpair = false) => {
    const row = { p: 'q', x: 'x', y: 'y', g: outcome }
    const map = { prompt: 'p', a: 'x', b: 'y', gold: 'g' }
    const { rows, dropped } = await converted([row], 'trl-unpaired', {
      from: 'pairs',
      map,
      write: { unpair },
    })
    return [rows.map((each) => (each as { label: boolean }).label), dropped]
  }
  expect(await vote('both_good')).toEqual([[true, true], {}])
  expect(await vote('both_bad')).toEqual([[false, false], {}])
  expect(await vote('tie')).toEqual([[], { tie: 1 }])
  expect(await vote('a')).toEqual([[], { no_thumb: 1 }])
  expect(await vote('b', true)).toEqual([[true, false], {}])
})

test('PRM: line ends after a step are the trainer’s, and a step without label gives no row', async () => {
  const { rows } = await converted(
    [{ prompt: 'p', completions: ['a\n', ' b\r\n\n'], labels: [true, false] }],
    'trl-stepwise',
  )
  expect(rows).toEqual([{ prompt: 'p', completions: ['a', ' b'], labels: [true, false] }])
  const long = `a${'\n'.repeat(300_000)}b`
  const [row] = (await converted([{ prompt: 'p', completions: [long], labels: [true] }], 'trl-stepwise')).rows
  expect(row).toMatchObject({ completions: [long] })
  const steps = structuredClone(samples.prm800k) as { label: { steps: { completions: object[] | null }[] } }
  steps.label.steps = [{ completions: [{ text: 'x', rating: null }] }]
  expect((await converted([steps], 'trl-stepwise', { from: 'prm800k' })).dropped).toEqual({
    unlabelled_step: 1,
  })
})

test('OpenAI: exactly three keys; arguments of tools have to be JSON', async () => {
  const { rows } = await converted([samples['openai-dpo']], 'openai-dpo')
  expect(rows).toEqual([
    {
      input: { messages: [{ role: 'user', content: 'q' }] },
      preferred_output: [{ role: 'assistant', content: 'good' }],
      non_preferred_output: [{ role: 'assistant', content: 'bad' }],
    },
  ])
  const tools = [{ type: 'function', function: { name: 'f' } }]
  const input = { messages: [{ role: 'user', content: 'q' }], tools, parallel_tool_calls: false }
  expect((await converted([{ ...samples['openai-dpo'], input }], 'openai-dpo')).rows).toMatchObject([
    { input },
  ])
  const call = { role: 'assistant', tool_calls: [{ id: 'c', function: { name: 'f', arguments: '{x' } }] }
  const broken = {
    ...samples['openai-dpo'],
    preferred_output: [
      call,
      { role: 'tool', content: '1', tool_call_id: 'c' },
      { role: 'assistant', content: 'x' },
    ],
  }
  expect((await converted([broken], 'openai-dpo')).dropped).toEqual({ tool_arguments_not_json: 1 })
})

test('OpenAI: weights of messages are kept; TRL, which has none, says that they are lost', async () => {
  const messages = [
    { role: 'user', content: 'q' },
    { role: 'assistant', content: 'a', weight: 0 },
    { role: 'user', content: 'r' },
    { role: 'assistant', content: 'b', weight: 1 },
  ]
  const { rows } = await converted([{ messages }], 'openai-sft')
  expect(rows).toEqual([{ messages }])
  expect((await converted([{ messages }], 'trl-sft')).notes).toEqual({ weights_left_out: 1 })
  const odd = [{ ...messages[0] }, { ...messages[1], weight: 0.5 }]
  expect(await faultsOf([{ messages: odd }], { format: 'openai-sft' })).toEqual(['1 wrong_type'])
})

test('LLaMA-Factory: what does not alternate is refused instead of being skipped in silence', async () => {
  const { rows } = await converted([samples.helpsteer3], 'llama-factory')
  expect(rows).toEqual([
    {
      conversations: [{ from: 'human', value: 'q' }],
      chosen: { from: 'gpt', value: 'x' },
      rejected: { from: 'gpt', value: 'y' },
      system: '',
    },
  ])
  const twice = {
    prompt: [
      { role: 'user', content: 'q' },
      { role: 'user', content: 'r' },
    ],
    chosen: 'x',
    rejected: 'y',
  }
  expect((await converted([twice], 'llama-factory')).dropped).toEqual({ turns_do_not_alternate: 1 })
  expect((await converted([samples.arena], 'llama-factory')).dropped).toEqual({ both_bad: 1 })
  expect(JSON.parse(llamaFactoryDatasetInfo('ds', 'd.jsonl', 'llama-factory'))).toEqual({
    ds: {
      file_name: 'd.jsonl',
      formatting: 'sharegpt',
      ranking: true,
      columns: { messages: 'conversations', chosen: 'chosen', rejected: 'rejected', system: 'system' },
    },
  })
})

test('ShareGPT: tool calls and results keep their places', async () => {
  const { rows } = await converted([samples.sharegpt], 'sharegpt')
  expect(rows).toEqual([
    {
      conversations: [
        { from: 'human', value: 'q' },
        { from: 'function_call', value: '{"name":"f","arguments":{"x":1}}' },
        { from: 'observation', value: '7' },
        { from: 'gpt', value: 'good' },
      ],
      system: 'be kind',
    },
  ])
})

test('Alpaca: history and system stay, instruction and input are joined', async () => {
  expect((await converted([samples.alpaca], 'alpaca')).rows).toEqual([
    { instruction: 'do\nthis', input: '', output: 'done', system: 's', history: [['q1', 'a1']] },
  ])
})

test('a transcript in which an answer looks like a turn gives no row of HH-RLHF', async () => {
  const row = { prompt: 'q', chosen: 'x\n\nHuman: y', rejected: 'z' }
  expect((await converted([row], 'hh-rlhf')).dropped).toEqual({ not_questions_and_answers: 1 })
})

test('raw: the judgments of an export become votes, which are no known answer', async () => {
  const item = await one('raw')
  expect(item.gold).toBe(undefined)
  expect(item.annotations).toEqual([
    {
      by: 'p1',
      rationale: 'shorter',
      verdict: { type: 'pairwise', a: 'a', b: 'b', outcome: 'b', strength: 2 },
    },
  ])
  const { rows } = await converted([samples.raw], 'trl-preference', { write: { margin: 'strength' } })
  expect(rows).toMatchObject([{ chosen: [{ content: 'y' }], margin: 2 }])
})

test('raw: a judgment that the team has set aside is no vote, one that it kept is', async () => {
  const judgment = (outcome: string, state: string) => ({
    trainer: outcome,
    answer: { preference: { outcome, strength: outcome === 'a' ? -1 : 1 } },
    flags: [{ state: 'withdrawn' }, { state }],
  })
  for (const state of ['open', 'excluded']) {
    const row = { ...samples.raw, judgments: [judgment('a', state), judgment('b', 'kept')] }
    const { rows } = await converted([row], 'trl-preference')
    expect(rows).toMatchObject([{ chosen: [{ content: 'y' }] }])
  }
})

test('people who disagree evenly decide nothing', async () => {
  const judgment = (outcome: string, strength: number) => ({
    trainer: outcome,
    answer: { preference: { outcome, strength } },
  })
  const row = { ...samples.raw, judgments: [judgment('a', -1), judgment('b', 3)] }
  expect((await converted([row], 'trl-preference')).dropped).toEqual({ not_decided: 1 })
})

test('rows of one group stay in one split', async () => {
  const rows = Array.from({ length: 40 }, (_, n) => ({
    ...samples.shp,
    post_id: `p${n % 8}`,
    history: `q${n % 8}`,
    human_ref_A: `x${n}`,
  }))
  const { report } = await converted(rows, 'trl-preference', { write: { testShare: 0.4, seed: 3 } })
  expect(report.splits).toSatisfy(
    (splits: { train: number; test: number }) => splits.train % 5 === 0 && splits.test % 5 === 0,
  )
})

test('Label Studio: strength and reason stand beside the choice; cancelled annotations are gone', async () => {
  const item = await one('label-studio')
  expect(item.annotations).toEqual([
    { by: 'label-studio:3', verdict: { type: 'pairwise', a: 'a', b: 'b', outcome: 'b', strength: 2 } },
    { by: 'label-studio:3', verdict: { type: 'text', text: 'clearer' } },
  ])
  const { rows } = await converted([samples.helpsteer3], 'label-studio')
  const [again] = await readGood(rows as object[], { format: 'label-studio' })
  const votes = again?.annotations.map(({ verdict }) => verdict).filter(({ type }) => type === 'pairwise')
  expect(votes).toMatchObject([
    { outcome: 'a', strength: -2 },
    { outcome: 'a', strength: -2 },
    { outcome: 'b', strength: 1 },
  ])
})

const task = (data: object, ...result: object[]) => ({ data, annotations: [{ completed_by: 1, result }] })
const verdictsOf = async (row: object) =>
  (await readGood([row], { format: 'label-studio' })).flatMap((item) =>
    item.annotations.map(({ verdict }) => verdict),
  )

test('Label Studio: offsets count UTF-16 units there and code points here', async () => {
  const text = '😀 good 😀😀 bad'
  const start = text.indexOf('bad')
  const result = { type: 'labels', value: { start, end: start + 3, text: 'bad', labels: ['ERR'] } }
  expect(await verdictsOf(task({ text }, result))).toEqual([
    { type: 'spans', target: 'context:0', spans: [{ start: 10, end: 13, quote: 'bad', labels: ['ERR'] }] },
  ])
})

test('Label Studio: paragraphs by number or text of a number, within one paragraph', async () => {
  const dialogue = [
    { author: 'A', text: 'hello' },
    { author: 'B', text: 'good day' },
  ]
  const value = { start: '1', end: '1', startOffset: 5, endOffset: 8, text: 'day', paragraphlabels: ['T'] }
  expect(await verdictsOf(task({ dialogue }, { type: 'paragraphlabels', value }))).toEqual([
    { type: 'spans', target: 'context:1', spans: [{ start: 5, end: 8, quote: 'day', labels: ['T'] }] },
  ])
  const over = { type: 'paragraphlabels', value: { ...value, end: 0 } }
  expect(await verdictsOf(task({ dialogue }, over))).toEqual([])
})

test('Label Studio: percent become pixels, rotated boxes are left out', async () => {
  const box = (rotation: number) => ({
    type: 'rectanglelabels',
    original_width: 640,
    original_height: 480,
    value: { x: 12.5, y: 25, width: 50, height: 10, rotation, rectanglelabels: ['cat'] },
  })
  expect(await verdictsOf(task({ image: 'https://example.org/1.jpg' }, box(0), box(15)))).toEqual([
    { type: 'boxes', boxes: [{ x: 80, y: 120, width: 320, height: 48, label: 'cat' }] },
  ])
})

test('Label Studio: a ranker gives an order, or buckets', async () => {
  const items = ['p', 'q', 'r'].map((id) => ({ id, text: `text ${id}` }))
  const ranks = async (ranker: unknown) => {
    const [verdict] = await verdictsOf(task({ prompt: 'x', items }, { type: 'ranker', value: { ranker } }))
    return verdict?.type === 'ranking'
      ? verdict.ranks.map(({ candidate, rank }) => `${candidate}${rank}`)
      : []
  }
  expect(await ranks(['r', 'p', 'q'])).toEqual(['c1', 'a2', 'b3'])
  expect(await ranks({ best: ['q'], _: ['p', 'r'] })).toEqual(['b1', 'a2', 'c2'])
})

test('Argilla: only what was submitted counts; ranks and spans are read in their own units', async () => {
  const item = await one('argilla')
  expect(item.annotations).toEqual([
    { by: 'u1', verdict: { type: 'rubric', candidate: 'a', scores: { quality: 4 } } },
    {
      by: 'u1',
      verdict: {
        type: 'ranking',
        ranks: [
          { candidate: 'b', rank: 1 },
          { candidate: 'a', rank: 2 },
        ],
      },
    },
    {
      by: 'u1',
      verdict: {
        type: 'spans',
        target: 'context:0',
        spans: [{ start: 2, end: 3, quote: '😀', labels: ['emoji'] }],
      },
    },
  ])
  expect(pairsOf(item).pairs).toEqual(['y > x'])
})

test('Argilla: votes with strength and reason can be written; ties come back as ties', async () => {
  const { rows } = await converted([{ ...samples.helpsteer3, overall_preference: 0 }], 'argilla')
  expect(rows).toMatchObject([
    {
      prompt: 'q',
      'preference.responses': ['tie', 'response1', 'response2'],
      'preference.responses.users': ['conclusion', 'helpsteer3:1', 'helpsteer3:2'],
      'strength.responses': [2, 1],
      'reason.responses': ['first is right', 'shorter'],
    },
  ])
  const [again] = await readGood(rows as object[], { format: 'argilla' })
  const outcomes = again?.annotations.flatMap(({ verdict }) =>
    verdict.type === 'pairwise' ? [verdict.outcome] : [],
  )
  expect(outcomes).toEqual(['tie', 'a', 'b'])
})

test('COCO: a document over many lines is one record; boxes stay in pixels, ids count from 1', async () => {
  const { text, report } = await converted(JSON.stringify(samples.coco, null, 2), 'coco')
  expect(report.kept).toBe(2)
  expect(JSON.parse(text)).toEqual({
    images: [
      { id: 1, file_name: 'one.jpg', width: 640, height: 480 },
      { id: 2, file_name: 'two.jpg', width: 10, height: 10 },
    ],
    annotations: [{ id: 1, image_id: 1, category_id: 1, bbox: [80, 120, 320, 48], area: 15_360, iscrowd: 0 }],
    categories: [{ id: 1, name: 'cat' }],
  })
  expect(await faultsOf('{\n"images": [', { format: 'coco' })).toEqual(['1 cut_off'])
})

test('AILuminate: hazards have their names, whatever the case of their ids; unknown ones are counted', async () => {
  const rows = ['SXC_PRN', 'cse', 'new'].map((hazard) => ({ ...samples.ailuminate, hazard }))
  const items = await readAll(rows, { format: 'ailuminate' })
  const labels = items.flatMap((item) =>
    item.kind === 'task' ? item.annotations.map(({ verdict }) => verdict) : [],
  )
  expect(labels).toEqual([
    { type: 'classification', labels: ['Sexual content: pornographic'] },
    { type: 'classification', labels: ['Child sexual exploitation'] },
    { type: 'classification', labels: ['new'] },
  ])
  expect(items.filter(({ kind }) => kind === 'note')).toMatchObject([{ code: 'unknown_hazard', count: 1 }])
  expect(Object.keys(ailuminateHazards).join(' ')).toBe(
    'vcr src cse ssh iwp ipv dfm ncr hte prv spc_ele spc_fin spc_hlt sxc_prn',
  )
})

test('the record itself is kept where it is asked for, also through the lossless format', async () => {
  const row = { ...samples['trl-preference'], id: 's1', license: 'cc-by-4.0' }
  expect((await readGood([row]))[0]?.provenance).toBe(undefined)
  const provenance = { source: 'trl-preference', sourceId: 's1', license: 'cc-by-4.0', raw: row }
  const [item] = await readGood([row], { choices: { keepSource: true } })
  expect(item?.provenance).toEqual(provenance)
  const { text } = await converted([row], 'raw', { choices: { keepSource: true } })
  expect((await readGood(text))[0]?.provenance).toEqual(provenance)
})
