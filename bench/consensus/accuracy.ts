import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  goldFor,
  type Inference,
  infer,
  type Labels,
  type Method,
  parseGoldCsv,
  parseLabelsCsv,
  replayOverlap,
} from '@groundwork/consensus'

const defaultFolder = fileURLToPath(new URL('../../../shared/data/truth/', import.meta.url))
const sharedSets = ['bluebird', 'rte', 'snow_wsd', 'dog', 'cf', 'd_product']

interface LabelSet {
  readonly name: string
  readonly labels: Labels
  readonly gold: Int32Array
}

/** Sets with known answers: folders with labels.csv (worker, task, label) and gold.csv (task, label). */
export function loadSets(folder = defaultFolder, names: readonly string[] = sharedSets): LabelSet[] {
  return names
    .filter((name) => existsSync(`${folder}/${name}/labels.csv`))
    .map((name) => {
      const labels = parseLabelsCsv(readFileSync(`${folder}/${name}/labels.csv`))
      return {
        name,
        labels,
        gold: goldFor(labels, parseGoldCsv(readFileSync(`${folder}/${name}/gold.csv`))).gold,
      }
    })
}

export interface Quality {
  readonly accuracy: number
  /** Expected calibration error of the answer's probability, 15 equal bins. */
  readonly calibration: number
  /** Mean −log P(known answer), natural logarithm. */
  readonly logLoss: number
}

export function qualityOf(found: Inference, gold: Int32Array): Quality {
  const bins = 15
  const expected = new Float64Array(bins)
  const right = new Float64Array(bins)
  let known = 0
  let correct = 0
  let logLoss = 0
  gold.forEach((answer, t) => {
    if (answer < 0) return
    known++
    const hit = found.labels[t] === answer ? 1 : 0
    correct += hit
    const p = found.posteriors[t * found.classes.length + answer] as number
    logLoss -= Math.log(Math.max(p, 1e-15))
    const confidence = found.confidence[t] as number
    const bin = Math.min(bins - 1, Math.floor(confidence * bins))
    expected[bin] = (expected[bin] as number) + confidence
    right[bin] = (right[bin] as number) + hit
  })
  let calibration = 0
  for (let bin = 0; bin < bins; bin++)
    calibration += Math.abs((expected[bin] as number) - (right[bin] as number)) / known
  return { accuracy: correct / known, calibration, logLoss: logLoss / known }
}

const methods: readonly Method[] = [
  'majority',
  'wawa',
  'dawid-skene',
  'one-coin',
  'glad',
  'mace',
  'hierarchical-dawid-skene',
  'one-coin-difficulty',
  'ebcc',
  'auto',
]

/** Accuracy of each method per set, and calibration and log-loss on average. */
export function benchAccuracy(sets: readonly LabelSet[]): void {
  if (sets.length === 0) {
    console.log(
      '\nNo sets with known answers (shared/data is not beside the repository): accuracy not measured',
    )
    return
  }
  console.log(
    `\nAccuracy by set\n${''.padEnd(26)}${sets.map(({ name }) => name.padStart(10)).join('')}      mean   ECE  log-loss`,
  )
  for (const method of methods) {
    const all = sets.map(({ labels, gold }) => qualityOf(infer(labels, { method }), gold))
    const mean = (pick: (quality: Quality) => number) =>
      all.reduce((sum, quality) => sum + pick(quality), 0) / all.length
    console.log(
      method.padEnd(26) +
        all.map(({ accuracy }) => accuracy.toFixed(4).padStart(10)).join('') +
        mean(({ accuracy }) => accuracy)
          .toFixed(4)
          .padStart(10) +
        mean(({ calibration }) => calibration)
          .toFixed(3)
          .padStart(6) +
        mean(({ logLoss }) => logLoss)
          .toFixed(3)
          .padStart(10),
    )
  }
}

/** Adaptive overlap replayed in random orders: share of labels used and accuracy, with 95 % intervals over orders. */
export function benchOverlap(sets: readonly LabelSet[], orders: number): void {
  if (sets.length === 0) return
  console.log(`\nAdaptive overlap, ${orders} random orders: labels used, accuracy; the vote on all labels`)
  let shareSum = 0
  let accuracySum = 0
  for (const { name, labels, gold } of sets) {
    const shares: number[] = []
    const accuracies: number[] = []
    for (let seed = 1; seed <= orders; seed++) {
      const replay = replayOverlap(labels, { seed })
      shares.push(replay.share)
      accuracies.push(qualityOf(replay.inference, gold).accuracy)
    }
    const vote = qualityOf(infer(labels, { method: 'majority' }), gold).accuracy
    console.log(
      `${name.padEnd(12)} ${withInterval(shares)}  ${withInterval(accuracies)}  ${(100 * vote).toFixed(1)} %`,
    )
    shareSum += mean(shares) / sets.length
    accuracySum += mean(accuracies) / sets.length
  }
  console.log(`${'mean'.padEnd(12)} ${(100 * shareSum).toFixed(1)} %  ${(100 * accuracySum).toFixed(1)} %`)
}

function mean(list: readonly number[]): number {
  return list.reduce((sum, value) => sum + value, 0) / list.length
}

function withInterval(list: readonly number[]): string {
  const centre = mean(list)
  const spread = Math.sqrt(mean(list.map((value) => (value - centre) ** 2)) / Math.max(1, list.length - 1))
  return `${(100 * centre).toFixed(1).padStart(5)} ± ${(196 * spread).toFixed(1)} %`
}
