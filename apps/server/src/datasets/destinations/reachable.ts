import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { DeliveryError } from './export-source.ts'

/** Networks that are not the public internet: a team must not reach through the server what only the server may. */
const inside = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(net, bits, 'ipv6')

/**
 * Whether a team may send its exports to a host.
 * @param allowed hosts (with their port, if any) that the operator names; when there are some, no others
 * @throws DeliveryError that says why not
 */
export async function reachable(endpoint: URL, allowed: readonly string[]): Promise<void> {
  if (allowed.includes(endpoint.host)) return
  if (allowed.length > 0)
    throw new DeliveryError(
      `${endpoint.host} is not among the stores that the operator allows (GROUNDWORK_EXPORT_S3_HOSTS).`,
    )
  if (endpoint.protocol !== 'https:') throw new DeliveryError('The address of a store begins with https://.')
  const name = endpoint.hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(name)
    ? [{ address: name }]
    : await lookup(name, { all: true }).catch(() => {
        throw new DeliveryError(`There is no host ${name}.`)
      })
  for (const { address } of addresses) {
    if (inside.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4'))
      throw new DeliveryError(
        `${name} is not on the public internet; the operator has to allow it (GROUNDWORK_EXPORT_S3_HOSTS).`,
      )
  }
}
