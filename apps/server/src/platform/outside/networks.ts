import { BlockList, isIP } from 'node:net'

/** Networks that are not the public internet (RFC 6890 and its like): what only this server may reach, nobody reaches through it. */
const inside = blockList([
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24'],
  ...['203.0.113.0/24', '224.0.0.0/3'],
  ...['::/127', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32', '2002::/16'],
  ...['3fff::/20', '5f00::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
])
const loopback = blockList(['127.0.0.0/8', '::1/128'])

/** Networks that the operator opens to requests of teams beside the public internet. */
export type AllowedNetworks = { has: (address: string) => boolean }

/**
 * @param networks such as `10.1.0.0/16` or `::1/128`
 * @throws Error that names the one that is none
 */
export function allowNetworks(networks: readonly string[]): AllowedNetworks {
  const list = blockList(networks)
  return { has: (address) => checks(list, address) }
}

/** Whether a request of a team may go to an address. */
export function mayReach(address: string, allowed: AllowedNetworks): boolean {
  return allowed.has(plain(address)) || !checks(inside, address)
}

export const isLoopbackAddress = (address: string): boolean => checks(loopback, address)

function checks(list: BlockList, address: string): boolean {
  const plainAddress = plain(address)
  return list.check(plainAddress, isIP(plainAddress) === 6 ? 'ipv6' : 'ipv4')
}

/** An IPv4 address that is written as IPv6 (`::ffff:10.0.0.1`) is what it stands for. */
function plain(address: string): string {
  const bare = address.replace(/%.*$/, '')
  if (isIP(bare) !== 6) return bare
  const mapped = /^::(?:ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1]
  if (mapped) return mapped
  const words = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(bare)
  if (!words) return bare
  const [high = 0, low = 0] = words.slice(1).map((word) => Number.parseInt(word, 16))
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits = ''] = network.split('/')
    const kind = isIP(address)
    const length = Number(bits)
    if (kind === 0 || !/^\d+$/.test(bits) || length > (kind === 6 ? 128 : 32))
      throw new Error(`"${network}" is no network; write it like 10.1.0.0/16.`)
    list.addSubnet(address, length, kind === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}
