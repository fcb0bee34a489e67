// node scripts/run.mjs bench/consensus/plot.ts: draws docs/guides/choosing-a-method.svg from the shared sets.
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
const typical = 3
const methods: readonly { name: string; colour: string; run: (labels: Labels) => Inference }[] = [
  { name: 'Dawid-Skene, maximum likelihood', colour: '#d97706', run: (l) => dawidSkene(l, { smoothing: 0 }) },
  { name: 'Dawid-Skene, smoothed', colour: '#be185d', run: (labels) => dawidSkene(labels) },
  { name: 'auto', colour: '#0f766e', run: (labels) => infer(labels) },
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

const sets = loadSets()
if (sets.length === 0) throw new Error('The plot needs shared/data beside the repository')

/** Points of accuracy above the majority vote on the same labels, per method. */
function pointsAboveVote(draws: readonly Labels[], gold: Int32Array): number[] {
  const accuracy = (run: (labels: Labels) => Inference) =>
    draws.reduce((sum, labels) => sum + qualityOf(run(labels), gold).accuracy / draws.length, 0)
  const vote = accuracy(majorityVote)
  return methods.map(({ run }) => 100 * (accuracy(run) - vote))
}

const panels = [
  {
    title: `${typical} labels per task`,
    rows: sets.map(({ name, labels, gold }) => ({
      name,
      points: pointsAboveVote(
        Array.from({ length: seeds }, (_, s) => thinned(labels, typical, s + 1)),
        gold,
      ),
    })),
  },
  {
    title: 'all labels',
    rows: sets.map(({ name, labels, gold }) => ({ name, points: pointsAboveVote([labels], gold) })),
  },
]
for (const { title, rows } of panels)
  for (const { name, points } of rows)
    console.log(title, name, points.map((value) => value.toFixed(1)).join(' '))

const every = panels.flatMap(({ rows }) => rows.flatMap(({ points }) => points))
const low = Math.floor(Math.min(...every, 0) / 5) * 5
const high = Math.ceil(Math.max(...every, 0) / 5) * 5
const panelWidth = 270
const rowHeight = 30
const bottom = 60 + sets.length * rowHeight
const parts: string[] = []
panels.forEach(({ title, rows }, p) => {
  const left = 90 + p * (panelWidth + 30)
  const x = (value: number) => (left + ((value - low) / (high - low)) * panelWidth).toFixed(1)
  parts.push(
    `<text x="${left + panelWidth / 2}" y="24" text-anchor="middle" font-weight="600">${title}</text>`,
  )
  for (let tick = low; tick <= high; tick += 5) {
    const strong = tick === 0 ? 1 : 0.3
    parts.push(
      `<line x1="${x(tick)}" x2="${x(tick)}" y1="36" y2="${bottom - 10}" stroke="#9ca3af" stroke-opacity="${strong}"/>`,
      `<text x="${x(tick)}" y="${bottom + 8}" text-anchor="middle">${tick > 0 ? '+' : ''}${tick}</text>`,
    )
  }
  rows.forEach(({ name, points }, r) => {
    const y = 56 + r * rowHeight
    if (p === 0) parts.push(`<text x="82" y="${y + 4}" text-anchor="end">${name}</text>`)
    points.forEach((value, m) => {
      parts.push(
        `<circle cx="${x(value)}" cy="${y + (m - 1) * 5}" r="4.5" fill="${methods[m]?.colour}"><title>${name}: ${methods[m]?.name} ${value.toFixed(1)}</title></circle>`,
      )
    })
  })
})
methods.forEach(({ name, colour }, m) => {
  const left = [90, 350, 550][m] ?? 0
  parts.push(
    `<circle cx="${left}" cy="${bottom + 48}" r="5" fill="${colour}"/><text x="${left + 10}" y="${bottom + 52}">${name}</text>`,
  )
})
parts.push(
  `<text x="375" y="${bottom + 28}" text-anchor="middle">points of accuracy above the majority vote on the same labels</text>`,
)
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 690 ${bottom + 64}" font-family="system-ui, sans-serif" font-size="13" fill="#6b7280" role="img" aria-label="Accuracy of auto and Dawid-Skene against the majority vote on six sets">
${parts.join('\n')}
</svg>
`
writeFileSync(fileURLToPath(new URL('../../docs/guides/choosing-a-method.svg', import.meta.url)), svg)
