import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { allowNetworks, refusedUrl, sendOutside } from './index.ts'
import { mayReach } from './networks.ts'

const nothing = allowNetworks([])
const loopback = allowNetworks(['127.0.0.0/8', '::1/128'])

test.each([
  ...[
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
  ],
  ...[
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fe80::1%eth0',
    'fd00::1',
    'ff02::1',
    '64:ff9b::a00:1',
  ],
  ...[
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:a9fe:a9fe',
    '2002:7f00:1::',
    '::127.0.0.1',
    '2001:db8::1',
  ],
])('%s is not the public internet', (address) => {
  expect(mayReach(address, nothing)).toBe(false)
})

test.each(['1.1.1.1', '172.32.0.1', '93.184.216.34', '2606:4700::1111', '::ffff:1.1.1.1'])(
  '%s is',
  (address) => {
    expect(mayReach(address, nothing)).toBe(true)
  },
)

test('networks that the operator names may be reached', () => {
  const allowed = allowNetworks(['10.1.0.0/16', 'fd00::/8'])
  expect(['10.1.2.3', '::ffff:10.1.2.3', 'fd00::5'].map((address) => mayReach(address, allowed))).toEqual([
    true,
    true,
    true,
  ])
  expect(mayReach('10.2.0.1', allowed)).toBe(false)
  for (const bad of ['10.0.0.0', '10.0.0.0/33', 'x/8', '10.0.0.0/-1', '::/129'])
    expect(() => allowNetworks([bad])).toThrow('is no network')
})

test('addresses are refused for what can be seen of them', () => {
  const codes = Object.fromEntries(
    [
      ...[
        'https://example.org/x',
        'http://example.org/x',
        'http://127.0.0.1:9/',
        'https://127.0.0.1/',
        'ftp://example.org',
      ],
      ...[
        'https://user:pass@example.org',
        'nonsense',
        'https://[::1]/',
        'https://[::ffff:10.0.0.1]/',
        'https://0x7f.1/',
      ],
      ...['https://2130706433/', 'http://localhost:9/'],
    ].map((url) => [url, [refusedUrl(url, nothing) === undefined, refusedUrl(url, loopback) === undefined]]),
  )
  expect(codes).toEqual({
    'https://example.org/x': [true, true],
    'http://example.org/x': [false, false],
    'http://127.0.0.1:9/': [false, true],
    'https://127.0.0.1/': [false, true],
    'ftp://example.org': [false, false],
    'https://user:pass@example.org': [false, false],
    nonsense: [false, false],
    'https://[::1]/': [false, true],
    'https://[::ffff:10.0.0.1]/': [false, false],
    'https://0x7f.1/': [false, true],
    'https://2130706433/': [false, true],
    'http://localhost:9/': [false, true],
  })
})

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

const options = { headers: {}, body: '{}', allowed: loopback, timeoutMs: 5_000 }

test('a host that leads inside is refused when it is connected to', async () => {
  let called = 0
  const port = await serve((_, response) => {
    called++
    response.end()
  })
  const attempt = sendOutside(`https://localhost:${port}/`, { ...options, allowed: nothing })
  await expect(attempt).rejects.toThrow('localhost is not on the public internet')
  expect(called).toBe(0)
})

test('a redirect is an answer and nothing more, and of a long answer the beginning is read', async () => {
  const seen: string[] = []
  const port = await serve((request, response) => {
    seen.push(request.url ?? '')
    if (request.url === '/moved') response.writeHead(302, { location: '/elsewhere' }).end()
    else response.end('x'.repeat(1_000_000))
  })
  expect(await sendOutside(`http://127.0.0.1:${port}/moved`, options)).toEqual({ status: 302, text: '' })
  expect((await sendOutside(`http://localhost:${port}/long`, options)).text).toBe('x'.repeat(2_048))
  expect(seen).toEqual(['/moved', '/long'])
})

test('a receiver that is silent, or gone, is said in words', async () => {
  const port = await serve(() => {})
  await expect(sendOutside(`http://127.0.0.1:${port}/`, { ...options, timeoutMs: 50 })).rejects.toThrow(
    'No answer within 0.05 seconds',
  )
  await expect(sendOutside('http://127.0.0.1:1/', options)).rejects.toThrow(
    'Nothing listens at this address.',
  )
})
