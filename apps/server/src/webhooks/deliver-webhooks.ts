import {
  allowNetworks,
  type Deps,
  type Jobs,
  OutsideError,
  recordAudit,
  sendOutside,
  unseal,
} from '../platform/index.ts'
import {
  type DueDelivery,
  forgetDeliveries,
  noteArrival,
  noteFailure,
  saveTry,
  type Try,
  takeDue,
} from './delivery-queries.ts'
import { delayAfter, outcomeOf, signedHeaders, TIMEOUT_MS } from './webhook-rules.ts'

/** Requests under way at once, in all and to one endpoint. */
const HANDS = 32
const HANDS_PER_ENDPOINT = 4
/** How long a slow receiver is waited for before what has become due meanwhile is looked at. */
const LOOK_AGAIN_MS = 500
const KEPT_DAYS = 30

/** Sends what is due, and looks after what has been sent. A lane of its own: slow receivers hold up no other background work. */
export const webhooksPeriodic = (deps: Deps): Jobs['periodic'] => [
  { name: 'deliver webhooks', everyMs: 1_000, work: () => deliverDue(deps) },
  { name: 'forget webhook deliveries', everyMs: 3_600_000, work: () => forget(deps) },
]

/** Sends until nothing is due and nothing is under way. Says whether there was anything. */
export async function deliverDue(deps: Deps): Promise<boolean> {
  const under = new Map<Promise<void>, string>()
  let any = false
  for (;;) {
    const due = under.size < HANDS ? await take(deps, under) : []
    any ||= due.length > 0
    for (const delivery of due) {
      const sent: Promise<void> = deliver(deps, delivery)
        .catch((error: unknown) =>
          deps.log.error({ err: error, deliveryId: delivery.id }, 'webhook delivery failed'),
        )
        .finally(() => under.delete(sent))
      under.set(sent, delivery.endpoint_id)
    }
    if (under.size === 0) return any
    await Promise.race([...under.keys(), pause()])
  }
}

function take({ database }: Deps, under: Map<Promise<void>, string>): Promise<DueDelivery[]> {
  const counts = new Map<string, number>()
  for (const endpoint of under.values()) counts.set(endpoint, (counts.get(endpoint) ?? 0) + 1)
  const busy = [...counts].filter(([, count]) => count >= HANDS_PER_ENDPOINT).map(([endpoint]) => endpoint)
  return database.transaction('system', (tx) => takeDue(tx, HANDS - under.size, HANDS_PER_ENDPOINT, busy))
}

const pause = () =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, LOOK_AGAIN_MS).unref()
  })

async function deliver(deps: Deps, delivery: DueDelivery): Promise<void> {
  const made = await tryOnce(deps, delivery)
  const outcome = outcomeOf(made.status)
  const wait = outcome === 'again' ? delayAfter(delivery.step) : null
  await deps.database.transaction({ organization: delivery.organization_id }, async (tx) => {
    if (outcome === 'delivered') {
      await saveTry(tx, made, { state: 'delivered' })
      await noteArrival(tx, delivery.endpoint_id)
      return
    }
    await saveTry(tx, made, wait === null ? { state: 'failed' } : { state: 'waiting', afterSeconds: wait })
    const stopped = await noteFailure(tx, delivery.endpoint_id, outcome === 'gone')
    if (!stopped) return
    await recordAudit(tx, {
      organizationId: delivery.organization_id,
      actorId: null,
      action: 'webhook.stopped',
      subject: { kind: 'webhook', id: delivery.endpoint_id },
      details: { reason: outcome === 'gone' ? 'gone' : 'nothing arrived for days' },
    })
  })
}

async function tryOnce(deps: Deps, delivery: DueDelivery): Promise<Try> {
  const began = performance.now()
  const answer = await send(deps, delivery).catch((error: unknown) => {
    if (error instanceof OutsideError) return { status: null, text: error.message }
    throw error
  })
  return {
    deliveryId: delivery.id,
    durationMs: Math.round(performance.now() - began),
    status: answer.status,
    response: answer.text,
  }
}

async function send(deps: Deps, delivery: DueDelivery): Promise<{ status: number | null; text: string }> {
  const secrets = [delivery.secret, delivery.previous_secret]
    .filter((sealed) => sealed !== null)
    .map((sealed) => unseal(deps.secret, delivery.endpoint_id, sealed))
  const headers = signedHeaders({ id: delivery.message_id, payload: delivery.payload }, secrets, new Date())
  return sendOutside(delivery.url, {
    headers: { ...headers, 'user-agent': `Groundwork/${deps.version}` },
    body: delivery.payload,
    allowed: deps.allowedNetworks ?? allowNetworks([]),
    timeoutMs: TIMEOUT_MS,
  })
}

async function forget({ database }: Deps): Promise<boolean> {
  return (await database.transaction('system', (tx) => forgetDeliveries(tx, KEPT_DAYS))) > 0
}
