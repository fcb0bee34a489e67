import { type Comparisons, type Labels, labelsFromColumns } from '@groundwork/consensus'

/** The generator behind the synthetic label sets: mulberry32, the same numbers as shared/data/gen.py draws. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const fourthOfFive = (random: () => number) =>
  [random(), random(), random(), random(), random()].sort((a, b) => a - b)[3] as number

export interface Synthetic {
  readonly labels: Labels
  readonly gold: Int32Array
}

/** One-coin workers with Beta(4, 2) skills, `perTask` distinct workers on each task. */
export function syntheticLabels(
  rows: number,
  workers: number,
  classes = 4,
  perTask = 5,
  seed = 1,
): Synthetic {
  const random = mulberry32(seed)
  const skill = Float64Array.from({ length: workers }, () => fourthOfFive(random))
  const tasks = Math.floor(rows / perTask)
  const task = new Int32Array(tasks * perTask)
  const worker = new Int32Array(tasks * perTask)
  const label = new Int32Array(tasks * perTask)
  const gold = new Int32Array(tasks)
  let row = 0
  for (let t = 0; t < tasks; t++) {
    const truth = Math.floor(random() * classes)
    gold[t] = truth
    const from = row
    while (row < from + perTask) {
      const w = Math.floor(random() * workers)
      let seen = false
      for (let i = from; i < row; i++) if (worker[i] === w) seen = true
      if (seen) continue
      task[row] = t
      worker[row] = w
      label[row++] =
        random() < (skill[w] as number) ? truth : (truth + 1 + Math.floor(random() * (classes - 1))) % classes
    }
  }
  return { labels: labelsFromColumns({ task, worker, label }), gold }
}

/** The same labels as a CSV file's bytes, in chunks of about a megabyte. */
export function* csvChunks(labels: Labels): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  let text = 'worker,task,label\n'
  for (let i = 0; i < labels.task.length; i++) {
    text += `w${labels.worker[i]},t${labels.task[i]},${labels.label[i]}\n`
    if (text.length > 1 << 20) {
      yield encoder.encode(text)
      text = ''
    }
  }
  yield encoder.encode(text)
}

/** Votes between items whose true scores are evenly spread over −2 … 2. */
export function syntheticVotes(rows: number, items: number, seed = 1): Comparisons {
  const random = mulberry32(seed)
  const first = new Int32Array(rows)
  const second = new Int32Array(rows)
  const outcome = new Uint8Array(rows)
  for (let r = 0; r < rows; r++) {
    const a = Math.floor(random() * items)
    const b = Math.floor(random() * (items - 1))
    first[r] = a
    second[r] = b < a ? b : b + 1
    const gap = (4 * (a - (second[r] as number))) / (items - 1)
    outcome[r] = random() < 1 / (1 + Math.exp(-gap)) ? 0 : 1
  }
  return {
    items: {
      size: items,
      name: String,
      indexOf: Number,
      names: () => Array.from({ length: items }, (_, i) => `${i}`),
    },
    first,
    second,
    outcome,
  }
}
