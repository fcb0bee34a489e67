// npm run bench [-- --only claims --only files --slots 1000000 --trainers 64 --seconds 20 --pool 20 --tasks 200000]
// Ratios of one run on one machine count; absolute numbers are those of the machine. Nothing here asserts a time.
import { availableParallelism, cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { benchBundles } from './bundles.ts'
import { benchClaims } from './claims.ts'
import { benchConsensus } from './consensus/bench.ts'
import { benchConvert } from './convert.ts'
import { benchFiles } from './files.ts'
import { benchPage } from './page.ts'
import { benchStartUp } from './start-up.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    slots: { type: 'string', default: '200000' },
    trainers: { type: 'string', default: '64' },
    seconds: { type: 'string', default: '10' },
    pool: { type: 'string', default: '20' },
    tasks: { type: 'string', default: '50000' },
    judgments: { type: 'string', default: '3' },
    rows: { type: 'string', default: '1000000' },
  },
})

const benches: Record<string, () => Promise<void>> = {
  claims: () =>
    benchClaims({
      slots: Number(values.slots),
      trainers: Number(values.trainers),
      seconds: Number(values.seconds),
      poolSize: Number(values.pool),
    }),
  files: () => benchFiles({ tasks: Number(values.tasks), judgments: Number(values.judgments) }),
  convert: () => benchConvert({ rows: Number(values.rows) }),
  start: benchStartUp,
  bundles: benchBundles,
  page: benchPage,
  consensus: async () => benchConsensus(),
}

const wanted = values.only ?? Object.keys(benches)
const unknown = wanted.find((name) => !(name in benches))
if (unknown) {
  console.error(`There is no benchmark "${unknown}"; there are ${Object.keys(benches).join(', ')}.`)
  process.exit(1)
}
console.log(
  `${availableParallelism()} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
)
for (const name of wanted) await benches[name]?.()
