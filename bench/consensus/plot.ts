// node scripts/run.mjs bench/consensus/plot.ts: draws docs/guides/choosing-a-method.svg from the sets with eight or more labels per task.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  dawidSkene,
  type Inference,
  infer,
  type Labels,
  labelsFromColumns,
  majorityVote,
} from '@groundwork/consensus'
import { loadSets, qualityOf } from './accuracy.ts'
import { mulberry32 } from './synthetic.ts'

const seeds = 5
const labelsPerTask = [2, 3, 4, 5, 7, 10]
const lines: readonly {
  name: string
  colour: string
  labelUp: number
  run: (labels: Labels) => Inference
}[] = [
  { name: 'auto', colour: '#0f766e', labelUp: -4, run: (labels) => infer(labels) },
  { name: 'Dawid-Skene', colour: '#c2410c', labelUp: 8, run: (labels) => dawidSkene(labels) },
  {
    name: '… unsmoothed',
    colour: '#d97706',
    labelUp: -18,
    run: (labels) => dawidSkene(labels, { smoothing: 0 }),
  },
  { name: 'majority vote', colour: '#6b7280', labelUp: 0, run: (labels) => majorityVote(labels) },
]

/** Keeps a random `count` of each task's labels. */
function thinned(labels: Labels, count: number, seed: number): Labels {
  const random = mulberry32(seed)
  const rows: number[][] = Array.from({ length: labels.tasks.size }, () => [])
  labels.task.forEach((task, row) => {
    rows[task]?.push(row)
  })
  const kept = rows.flatMap((list) => {
    for (let i = list.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1))
      const held = list[i] as number
      list[i] = list[j] as number
      list[j] = held
    }
    return list.slice(0, count)
  })
  const pick = (column: Int32Array) => Int32Array.from(kept, (row) => column[row] as number)
  return labelsFromColumns({
    ...labels,
    task: pick(labels.task),
    worker: pick(labels.worker),
    label: pick(labels.label),
  })
}

const sets = loadSets().filter(({ labels }) => labels.task.length / labels.tasks.size >= 8)
if (sets.length === 0) throw new Error('The plot needs shared/data beside the repository')
const accuracy = lines.map(({ run }) =>
  labelsPerTask.map((count) => {
    let sum = 0
    for (const { labels, gold } of sets)
      for (let seed = 1; seed <= seeds; seed++)
        sum += qualityOf(run(thinned(labels, count, seed)), gold).accuracy
    return sum / (sets.length * seeds)
  }),
)
accuracy.forEach((values, i) => {
  console.log(lines[i]?.name, values.map((value) => value.toFixed(4)).join(' '))
})

const width = 640
const height = 360
const x = (count: number) => 60 + ((count - 2) / 8) * 440
const low = Math.floor(Math.min(...accuracy.flat()) * 50) / 50
const high = Math.ceil(Math.max(...accuracy.flat()) * 50) / 50
const y = (value: number) => 310 - ((value - low) / (high - low)) * 280
const ticks: string[] = []
for (let value = low; value <= high + 1e-9; value += 0.02)
  ticks.push(
    `<line x1="60" x2="500" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}" stroke="#9ca3af" stroke-opacity=".35"/>` +
      `<text x="52" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${(100 * value).toFixed(0)} %</text>`,
  )
const curves = lines.map(({ name, colour, labelUp }, i) => {
  const values = accuracy[i] ?? []
  const points = values.map((value, p) => `${x(labelsPerTask[p] ?? 0).toFixed(1)},${y(value).toFixed(1)}`)
  const dots = points.map((point) => {
    const [cx, cy] = point.split(',')
    return `<circle cx="${cx}" cy="${cy}" r="3.5" fill="${colour}"/>`
  })
  const end = y(values[values.length - 1] ?? low)
  return `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="2.5"/>${dots.join('')}<text x="510" y="${(end + 4 - labelUp).toFixed(1)}" fill="${colour}" font-weight="600">${name}</text>`
})
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="13" fill="#6b7280" role="img" aria-label="Accuracy against labels per task for auto, Dawid-Skene and majority vote">
<title>Accuracy against labels per task: mean over ${sets.map(({ name }) => name).join(', ')}, ${seeds} random draws each</title>
${ticks.join('\n')}
${labelsPerTask.map((count) => `<text x="${x(count).toFixed(1)}" y="330" text-anchor="middle">${count}</text>`).join('')}
<text x="280" y="352" text-anchor="middle">labels per task</text>
${curves.join('\n')}
</svg>
`
writeFileSync(fileURLToPath(new URL('../../docs/guides/choosing-a-method.svg', import.meta.url)), svg)
