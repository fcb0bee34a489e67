import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const dist = fileURLToPath(new URL('../apps/web/dist/', import.meta.url))
const SHOWN = 6

/** Sizes of the built web app as a browser loads them (gzip): what the first page needs, and the biggest parts that come later. */
export async function benchBundles(): Promise<void> {
  console.log('Web bundles, gzip')
  const page = await readFile(`${dist}index.html`, 'utf8').catch(() => undefined)
  if (page === undefined) {
    console.log('  The web app is not built; `npm run bench` builds it first.')
    return
  }
  const first = new Set(
    [...page.matchAll(/(?:src|href)="\/?(assets\/[^"]+\.(?:js|css))"/g)].map((match) =>
      match[1]?.slice('assets/'.length),
    ),
  )
  const names = (await readdir(`${dist}assets`)).filter((name) => /\.(js|css)$/.test(name))
  const sizes = await Promise.all(
    names.map(async (name) => ({ name, bytes: gzipSync(await readFile(`${dist}assets/${name}`)).length })),
  )
  const total = (some: typeof sizes) => some.reduce((sum, each) => sum + each.bytes, 0)
  const js = sizes.filter((each) => each.name.endsWith('.js'))
  const css = sizes.filter((each) => each.name.endsWith('.css'))
  const say = (what: string, bytes: number) =>
    console.log(`  ${what.padEnd(34)}${(bytes / 1024).toFixed(1).padStart(8)} KB`)
  say('initial JavaScript', total(js.filter((each) => first.has(each.name))))
  say('initial CSS', total(css.filter((each) => first.has(each.name))))
  say(`all JavaScript (${js.length} parts)`, total(js))
  const later = js.filter((each) => !first.has(each.name)).sort((a, b) => b.bytes - a.bytes)
  for (const each of later.slice(0, SHOWN))
    say(`  later: ${each.name.replace(/-[\w-]{8}\.js$/, '')}`, each.bytes)
}
