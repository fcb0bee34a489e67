// npm run bench [-- --only claims --slots 1000000 --trainers 64 --seconds 20 --pool 20]
import { parseArgs } from 'node:util'
import { benchClaims } from './claims.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    slots: { type: 'string', default: '200000' },
    trainers: { type: 'string', default: '64' },
    seconds: { type: 'string', default: '15' },
    pool: { type: 'string', default: '20' },
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
}

const wanted = values.only ?? Object.keys(benches)
for (const name of wanted) {
  const bench = benches[name]
  if (!bench)
    throw new Error(`There is no benchmark "${name}"; there are ${Object.keys(benches).join(', ')}.`)
  await bench()
}
