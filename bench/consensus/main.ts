// node scripts/run.mjs bench/consensus/main.ts [--most 10000000] [--orders 20] [--sets FOLDER] [--only speed|accuracy|overlap]
import { readdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { benchAccuracy, benchOverlap, loadSets } from './accuracy.ts'
import { benchSpeed } from './speed.ts'

const { values } = parseArgs({
  options: {
    most: { type: 'string', default: '10000000' },
    orders: { type: 'string', default: '20' },
    sets: { type: 'string' },
    only: { type: 'string', multiple: true },
  },
})

const wanted = (name: string) => !values.only || values.only.includes(name)
const sets = values.sets ? loadSets(values.sets, readdirSync(values.sets).sort()) : loadSets()
if (wanted('accuracy')) benchAccuracy(sets)
if (wanted('overlap')) benchOverlap(sets, Number(values.orders))
if (wanted('speed')) benchSpeed({ most: Number(values.most) })
