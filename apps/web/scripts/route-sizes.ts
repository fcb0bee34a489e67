import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

export type RouteLimit = {
  name: string
  /** The modules that the route loads lazily (its page, its strings), by the end of their path. */
  modules: string[]
  maxGzipKb: number
}

/**
 * Prints how much JavaScript a route loads before it can be used (the entry, the route's own modules and all that these import
 * statically) and fails the build when that is over the limit.
 */
export function routeSizes(limits: RouteLimit[]): Plugin {
  return {
    name: 'route-sizes',
    apply: 'build',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((each) => each.type === 'chunk')
      const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
      const reach = (files: string[], seen: Set<string>): Set<string> => {
        for (const file of files) {
          if (seen.has(file)) continue
          seen.add(file)
          reach(byFile.get(file)?.imports ?? [], seen)
        }
        return seen
      }
      const entries = chunks.filter((chunk) => chunk.isEntry).map((chunk) => chunk.fileName)
      for (const limit of limits) {
        const own = limit.modules.map((module) => {
          const chunk = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(module)))
          return chunk ?? this.error(`No chunk holds ${module}.`)
        })
        const files = [...reach([...entries, ...own.map((chunk) => chunk.fileName)], new Set())]
        const kb = files.reduce((sum, file) => sum + gzipSync(byFile.get(file)?.code ?? '').length, 0) / 1024
        const line = `initial JavaScript of ${limit.name}: ${kb.toFixed(1)} KB gzip in ${files.length} files (limit ${limit.maxGzipKb})`
        if (kb > limit.maxGzipKb) this.error(line)
        this.info(line)
      }
    },
  }
}
