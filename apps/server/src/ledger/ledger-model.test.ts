import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/test-database.ts'
import { openDatabase } from '../platform/database.ts'
import { AppError, type Database, newId, type Tx } from '../platform/index.ts'
import {
  accountFor,
  balancesOf,
  captureHold,
  movePendingToAvailable,
  placeHold,
  projectMoney,
  releaseHold,
  reverseTransfer,
  transfer,
} from './index.ts'

const TRAINERS = 3
const currency = 'USD'

/** What a lane does. Numbers choose among the holds and pays that exist at that moment. */
type Operation = { crash: boolean } & (
  | { do: 'fund'; key: number; amount: number }
  | { do: 'hold'; amount: number; when: 'now' | 'at_commit' }
  | { do: 'capture'; hold: number; trainer: number; atOnce: boolean; otherBody: boolean }
  | { do: 'release'; hold: number }
  | { do: 'reverse'; pay: number; key: number }
  | { do: 'mature'; pays: number[] }
)

const index = fc.nat(30)
const crash = fc.integer({ min: 0, max: 9 }).map((value) => value === 0)
const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('fund' as const),
      key: fc.nat(5),
      amount: fc.integer({ min: 1, max: 40 }),
      crash,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('hold' as const),
      amount: fc.integer({ min: 1, max: 9 }),
      when: fc.constantFrom('now' as const, 'at_commit' as const),
      crash,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('capture' as const),
      hold: index,
      trainer: fc.nat(TRAINERS - 1),
      atOnce: fc.boolean(),
      otherBody: fc.boolean(),
      crash,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('release' as const), hold: index, crash }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('reverse' as const), pay: index, key: fc.nat(1), crash }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('mature' as const),
      pays: fc.array(index, { maxLength: 4 }),
      crash,
    }),
  },
)

type Hold = { id: string; judgmentId: string; amount: bigint; state: 'open' | 'captured' | 'released' }
type Pay = {
  transferId: string
  judgmentId: string
  trainer: number
  amount: bigint
  state: 'pending' | 'available' | 'reversed'
}

/** The ledger as it should be: what was acknowledged, and nothing else, happened. */
class Model {
  funded = 0n
  readonly fundings = new Map<string, bigint>()
  readonly holds: Hold[] = []
  readonly pays: Pay[] = []

  sum = (state: Pay['state'], trainer?: number) =>
    total(
      this.pays.filter((pay) => pay.state === state && (trainer === undefined || pay.trainer === trainer)),
    )
  get held() {
    return total(this.holds.filter((hold) => hold.state === 'open'))
  }
  get spent() {
    return this.sum('pending') + this.sum('available')
  }
  get free() {
    return this.funded - this.held - this.spent
  }
}

const total = (items: { amount: bigint }[]) => items.reduce((sum, item) => sum + item.amount, 0n)

class Crash extends Error {}

/** What an operation gave: done, replayed, nothing to do, crashed, or the code of a refusal. */
type Outcome = 'done' | 'replayed' | 'nothing' | 'crashed' | string

/** One ledger of its own in the shared database, driven and modelled. */
class Bench {
  readonly model = new Model()
  readonly organizationId = newId()
  readonly projectId = newId()
  readonly trainers = Array.from({ length: TRAINERS }, newId)
  private readonly database: Database

  constructor(database: Database) {
    this.database = database
  }

  inside = <T>(work: (tx: Tx) => Promise<T>) =>
    this.database.transaction({ organization: this.organizationId }, work)

  async open() {
    await this.inside((tx) =>
      tx.insertInto('organizations').values({ id: this.organizationId, name: 'Team' }).execute(),
    )
  }

  /** Runs it to its commit (or crash, or refusal) and tells the model what was acknowledged. */
  async run(step: Operation): Promise<Outcome> {
    try {
      const acknowledge = await this.inside(async (tx) => {
        const acknowledged = await this.work(tx, step)
        if (step.crash) throw new Crash()
        return acknowledged
      })
      return acknowledge()
    } catch (error) {
      if (error instanceof Crash) return 'crashed'
      if (error instanceof AppError) return error.code
      throw error
    }
  }

  private async work(tx: Tx, step: Operation): Promise<() => Outcome> {
    const { model, organizationId, projectId } = this
    switch (step.do) {
      case 'fund': {
        const amount = BigInt(step.amount)
        const key = `fund:${step.key}`
        const source = await accountFor(tx, {
          organizationId,
          kind: 'funding_source',
          ownerId: organizationId,
          currency,
        })
        const escrow = await accountFor(tx, { organizationId, kind: 'escrow', ownerId: projectId, currency })
        const entries = [
          { accountId: source, currency, amount: -amount },
          { accountId: escrow, currency, amount },
        ]
        const { replayed } = await transfer(tx, {
          organizationId,
          projectId,
          kind: 'fund',
          key,
          requestHash: `${amount}`,
          entries,
        })
        return () => {
          if (replayed) return 'replayed'
          expect(model.fundings.has(key)).toBe(false)
          model.fundings.set(key, amount)
          model.funded += amount
          return 'done'
        }
      }
      case 'hold': {
        const amount = BigInt(step.amount)
        const { when } = step
        const id = await placeHold(tx, {
          organizationId,
          projectId,
          ownerId: projectId,
          currency,
          amount,
          when,
        })
        return () => {
          if (!id) return 'nothing'
          model.holds.push({ id, judgmentId: newId(), amount, state: 'open' })
          return 'done'
        }
      }
      case 'capture': {
        const hold = pick(model.holds, step.hold)
        if (!hold) return () => 'nothing'
        const { transferId, replayed } = await captureHold(tx, hold.id, {
          to: step.atOnce ? 'trainer_available' : 'trainer_pending',
          trainerId: this.trainers[step.trainer] ?? '',
          judgmentId: hold.judgmentId,
          key: `pay:${hold.judgmentId}`,
          requestHash: step.otherBody ? 'other' : 'body',
        })
        return () => {
          if (replayed) return 'replayed'
          expect(hold.state).toBe('open')
          hold.state = 'captured'
          const { judgmentId, amount } = hold
          const state = step.atOnce ? 'available' : 'pending'
          model.pays.push({ transferId, judgmentId, trainer: step.trainer, amount, state })
          return 'done'
        }
      }
      case 'release': {
        const hold = pick(model.holds, step.hold)
        const released = hold && (await releaseHold(tx, hold.id))
        return () => {
          if (!released) return 'nothing'
          expect(hold.state).toBe('open')
          hold.state = 'released'
          return 'done'
        }
      }
      case 'reverse': {
        const pay = pick(model.pays, step.pay)
        if (!pay) return () => 'nothing'
        const { replayed } = await reverseTransfer(tx, pay.transferId, {
          key: `undo:${step.key}:${pay.judgmentId}`,
        })
        return () => {
          if (replayed) return 'replayed'
          expect(pay.state).not.toBe('reversed')
          pay.state = 'reversed'
          return 'done'
        }
      }
      case 'mature': {
        const wanted = [...new Set(step.pays.flatMap((each) => pick(model.pays, each) ?? []))]
        const moved = new Set(
          await movePendingToAvailable(
            tx,
            wanted.map((pay) => pay.judgmentId),
          ),
        )
        return () => {
          for (const pay of wanted) {
            if (!moved.has(pay.judgmentId)) continue
            expect(pay.state).toBe('pending')
            pay.state = 'available'
          }
          return moved.size > 0 ? 'done' : 'nothing'
        }
      }
    }
  }

  /** The ledger's own view equals the model's, and its rows keep the rules of double entry. */
  async check(admin: pg.Client) {
    const { model, projectId, trainers, organizationId } = this
    await this.inside(async (tx) => {
      const money = await projectMoney(tx, projectId)
      expect(money ?? { funded: 0n, spent: 0n, held: 0n, free: 0n }).toMatchObject({
        funded: model.funded,
        spent: model.spent,
        held: model.held,
        free: model.free,
      })
      for (const [number, trainerId] of trainers.entries()) {
        const [balance] = await balancesOf(tx, trainerId)
        expect([balance?.pending ?? 0n, balance?.available ?? 0n]).toEqual([
          model.sum('pending', number),
          model.sum('available', number),
        ])
      }
    })
    for (const [name, violations] of Object.entries(rules)) {
      const { rows } = await admin.query(violations, [organizationId])
      expect(rows, name).toEqual([])
    }
  }
}

const pick = <T>(items: T[], number: number): T | undefined => items[number % Math.max(items.length, 1)]

/** Rows that break a rule of the ledger. */
const rules = {
  'every transfer has two entries and sums to zero': `
    select t.id from ledger_transfers t left join ledger_entries e on e.transfer_id = t.id
    where t.organization_id = $1 group by t.id, e.currency having count(e.id) < 2 or sum(e.amount) <> 0`,
  'the cached balance is the sum of entries less the open holds': `
    select a.id from ledger_accounts a where a.organization_id = $1 and a.available is not null and a.available <>
      (select coalesce(sum(amount), 0) from ledger_entries e where e.account_id = a.id)
      - (select coalesce(sum(amount), 0) from ledger_holds h where h.account_id = a.id and h.state = 'open')`,
  'no balance is negative': `
    select id from ledger_accounts where organization_id = $1 and available < 0`,
  'as many pays as captured holds, each with its end': `
    select * from (select
      (select count(*) from ledger_holds where organization_id = $1 and state = 'captured') as captured,
      (select count(*) from ledger_transfers where organization_id = $1 and kind = 'pay') as pays,
      (select count(*) from ledger_holds where organization_id = $1 and (state = 'open') <> (resolved_at is null)) as odd
    ) counts where captured <> pays or odd > 0`,
}

let testDatabase: TestDatabase
let database: Database
let admin: pg.Client

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url, 8)
  admin = new pg.Client({ connectionString: testDatabase.url })
  await admin.connect()
})

afterAll(async () => {
  await admin.end()
  await database.close()
  await testDatabase.drop()
})

/** What the model says that an operation must give when nothing else runs. */
function predict(bench: Bench, step: Operation): Outcome {
  const { model } = bench
  const crashed = (outcome: Outcome) => (step.crash ? 'crashed' : outcome)
  switch (step.do) {
    case 'fund': {
      const before = model.fundings.get(`fund:${step.key}`)
      if (before === undefined) return crashed('done')
      return before === BigInt(step.amount) ? crashed('replayed') : 'idempotency_mismatch'
    }
    case 'hold':
      return crashed(model.free >= BigInt(step.amount) ? 'done' : 'nothing')
    case 'capture': {
      const hold = pick(model.holds, step.hold)
      if (!hold) return crashed('nothing')
      if (hold.state === 'open') return crashed('done')
      return hold.state === 'released' ? 'conflict' : 'replayed or mismatch'
    }
    case 'release':
      return crashed(pick(model.holds, step.hold)?.state === 'open' ? 'done' : 'nothing')
    case 'reverse': {
      const pay = pick(model.pays, step.pay)
      if (!pay) return crashed('nothing')
      return pay.state === 'reversed' ? 'conflict or replayed' : 'done or conflict'
    }
    case 'mature': {
      const wanted = step.pays.map((each) => pick(model.pays, each)?.state)
      return crashed(wanted.includes('pending') ? 'done' : 'nothing')
    }
  }
}

/** Outcomes that depend on what the model does not keep: the body of the first request, pay at once or later. */
const open: Record<string, Outcome[]> = {
  'replayed or mismatch': ['replayed', 'idempotency_mismatch', 'crashed'],
  'conflict or replayed': ['conflict', 'replayed', 'crashed'],
  'done or conflict': ['done', 'conflict', 'crashed'],
}

test('one after the other, every operation gives what the model says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 10, maxLength: 40 }), async (steps) => {
      const bench = new Bench(database)
      await bench.open()
      for (const step of steps) {
        const expected = predict(bench, step)
        const outcome = await bench.run(step)
        expect(open[expected] ?? [expected], step.do).toContain(outcome)
      }
      await bench.check(admin)
    }),
    { seed: 20_240_517, numRuns: 25 },
  )
})

test('at once on several connections, with crashes and replays, the ledger is the sum of what was acknowledged', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(operation, { minLength: 5, maxLength: 25 }), { minLength: 4, maxLength: 8 }),
      async (lanes) => {
        const bench = new Bench(database)
        await bench.open()
        await bench.run({ do: 'fund', key: 99, amount: 100, crash: false })
        await Promise.all(
          lanes.map(async (steps) => {
            for (const step of steps) await bench.run(step)
          }),
        )
        await bench.check(admin)
      },
    ),
    { seed: 77_003, numRuns: 25 },
  )
})

test('the same requests from every connection at once take effect once', async () => {
  const bench = new Bench(database)
  await bench.open()
  const everywhere = <T>(work: (number: number) => Promise<T>) =>
    Promise.all(Array.from({ length: 8 }, (_, n) => work(n)))
  const funded = await everywhere(() => bench.run({ do: 'fund', key: 1, amount: 30, crash: false }))
  expect(funded.filter((outcome) => outcome === 'done')).toHaveLength(1)
  expect(funded.filter((outcome) => outcome === 'replayed')).toHaveLength(7)
  const held = await everywhere(() => bench.run({ do: 'hold', amount: 7, when: 'at_commit', crash: false }))
  expect(held.filter((outcome) => outcome === 'done')).toHaveLength(4)
  const ended = await everywhere((n) =>
    bench.run(
      n % 2 === 0
        ? { do: 'capture', hold: 0, trainer: 0, atOnce: false, otherBody: false, crash: false }
        : { do: 'release', hold: 0, crash: false },
    ),
  )
  expect(ended.filter((outcome) => outcome === 'done')).toHaveLength(1)
  await bench.run({ do: 'capture', hold: 1, trainer: 1, atOnce: false, otherBody: false, crash: false })
  const last = bench.model.pays.length - 1
  const undone = await everywhere((n) => bench.run({ do: 'reverse', pay: last, key: n % 2, crash: false }))
  expect(undone.filter((outcome) => outcome === 'done')).toHaveLength(1)
  await bench.check(admin)
})
