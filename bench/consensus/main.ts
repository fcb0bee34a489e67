// node scripts/run.mjs bench/consensus/main.ts [--most 100000000] [--orders 20] [--sets FOLDER] [--only speed|accuracy|overlap]
import { parseArgs } from 'node:util'
import { benchConsensus } from './bench.ts'

const { values } = parseArgs({
  options: {
    most: { type: 'string', default: '10000000' },
    orders: { type: 'string', default: '20' },
    sets: { type: 'string' },
    only: { type: 'string', multiple: true },
  },
})

benchConsensus({
  most: Number(values.most),
  orders: Number(values.orders),
  sets: values.sets,
  only: values.only,
})
