import type { Finding, Import, SourceFile } from './source-file.ts'

/** A rule of the house: what it forbids, and why. Messages are made from the findings. */
export type Rule = { name: string; reason: string; check: (file: SourceFile) => Finding[] }

/** A domain of the server may use those to its left. */
export const DOMAIN_ORDER = [
  'platform',
  'identity',
  'trainers',
  'ledger',
  'projects',
  'models',
  'tasks',
  'qualification',
  'quality',
  'payouts',
  'datasets',
  'webhooks',
  'insight',
  'hub',
]

const SERVER = 'apps/server/src/'
const WEB = 'apps/web/src/'
/** Folders that put domains together, as the files directly in src do. */
const COMPOSITION_FOLDERS = new Set(['demo'])
const LINES_WARNED = 250
const LINES_FORBIDDEN = 400

const TRANSPORTS = /^(pg(-.+)?|kysely|undici|(node:)?(http|https|http2|net|tls|dgram))$/

export const rules: Rule[] = [
  {
    name: 'can-be-read',
    reason: 'a file the checker cannot parse is a file it does not check',
    check: (file) => file.unreadable,
  },
  {
    name: 'packages-below-apps',
    reason: 'packages are used by apps and by other programs; they know no app',
    check: (file) =>
      within(file, 'packages/') ? importsWhere(file, (entry) => appOf(entry) !== undefined) : [],
  },
  {
    name: 'apps-apart',
    reason: 'apps share code through packages, and meet each other over HTTP only',
    check: (file) => {
      if (!within(file, 'apps/')) return []
      return importsWhere(file, (entry) => {
        const app = appOf(entry)
        return app !== undefined && app !== file.workspace
      })
    },
  },
  {
    name: 'workspace-boundary',
    reason: 'a relative path into another workspace goes around what that workspace exports',
    check: (file) => {
      const { workspace } = file
      if (!workspace) return []
      return importsWhere(file, ({ target }) => {
        if (target === undefined || target.startsWith(`${workspace}/`)) return false
        return !(file.isTest && target.startsWith('tests/support/'))
      })
    },
  },
  {
    name: 'consensus-imports-nothing',
    reason: 'arrays in, numbers out: it runs in any program and any browser',
    check: (file) =>
      within(file, 'packages/consensus/src/') && !file.isTest
        ? importsWhere(file, ({ target }) => target === undefined)
        : [],
  },
  {
    name: 'formats-without-database-or-network',
    reason: 'streams in, streams out: where the bytes come from is the caller’s affair',
    check: (file) =>
      within(file, 'packages/formats/') && !file.isTest
        ? [...importsWhere(file, ({ specifier }) => TRANSPORTS.test(specifier)), ...file.fetches]
        : [],
  },
  {
    name: 'platform-knows-no-domain',
    reason: 'platform is what every domain stands on',
    check: (file) =>
      domainOf(file.path) === 'platform' && !file.isTest
        ? importsWhere(file, ({ target }) => isOtherDomain(target, 'platform'))
        : [],
  },
  {
    name: 'domains-downwards',
    reason: `a domain uses those before it in ${DOMAIN_ORDER.join(' ← ')}; upwards goes an event through the outbox`,
    check: (file) => {
      const domain = domainOf(file.path)
      if (domain === undefined || domain === 'platform' || file.isTest) return []
      return importsWhere(file, ({ target }) => {
        const other = target === undefined ? undefined : domainOf(target)
        return other !== undefined && rank(other) > rank(domain)
      })
    },
  },
  {
    name: 'domains-through-their-door',
    reason: 'what a domain offers to others is in its index.ts; the rest may change at any time',
    check: (file) => {
      if (!within(file, SERVER) || file.isTest) return []
      const own = domainOf(file.path)
      return importsWhere(file, ({ target }) => {
        const other = target === undefined ? undefined : domainOf(target)
        if (other === undefined || other === own) return false
        // Composition roots build the platform from its parts.
        if (own === undefined && other === 'platform') return false
        return target !== `${SERVER}${other}/index.ts`
      })
    },
  },
  {
    name: 'domains-have-a-place',
    reason: 'a folder that is not in the order of domains (scripts/architecture/rules.ts) escapes its rules',
    check: (file) => {
      const domain = domainOf(file.path)
      return domain === undefined || DOMAIN_ORDER.includes(domain)
        ? []
        : [{ line: 1, what: `folder ${domain}` }]
    },
  },
  {
    name: 'features-apart',
    reason: 'features of the web app meet in app/ and share through ui/',
    check: (file) => {
      const feature = featureOf(file.path)
      if (feature === undefined) return []
      return importsWhere(file, ({ target }) => {
        const other = target === undefined ? undefined : featureOf(target)
        return other !== undefined && other !== feature
      })
    },
  },
  {
    name: 'web-downwards',
    reason: 'app/ → features/ → ui/, so that a part can be used without what is built on it',
    check: (file) => {
      const layer = webLayerOf(file.path)
      if (layer === undefined || file.isTest) return []
      return importsWhere(file, ({ target }) => {
        const other = target === undefined ? undefined : webLayerOf(target)
        return other !== undefined && other > layer
      })
    },
  },
  {
    name: 'sql-in-its-place',
    reason: 'SQL stands in *-queries.ts and platform/, where it can be found, checked and explained',
    check: (file) => {
      const mayHoldSql =
        file.isTest ||
        !/^(apps\/[^/]+\/src|packages)\//.test(file.path) ||
        within(file, `${SERVER}platform/`) ||
        /-queries\.ts$/.test(file.path) ||
        file.isGenerated
      return mayHoldSql ? [] : file.sql
    },
  },
  {
    name: 'environment-in-one-place',
    reason:
      'settings are read once and checked: apps/server/src/platform/config.ts, apps/cli/src/environment.ts',
    check: (file) => {
      const mayRead =
        file.isTest ||
        !/^(apps\/[^/]+\/src|packages)\//.test(file.path) ||
        file.path === `${SERVER}platform/config.ts` ||
        file.path === 'apps/cli/src/environment.ts'
      return mayRead ? [] : file.environment
    },
  },
  {
    name: 'file-size',
    reason: `more than ${LINES_FORBIDDEN} lines are more than one thing`,
    check: (file) => (isSized(file) && file.lines > LINES_FORBIDDEN ? [tooLong(file)] : []),
  },
]

/** Not errors yet: files on their way to being too long. */
export function longFiles(files: SourceFile[]): SourceFile[] {
  return files.filter((file) => isSized(file) && file.lines > LINES_WARNED && file.lines <= LINES_FORBIDDEN)
}

function isSized(file: SourceFile): boolean {
  return !file.isTest && !file.isGenerated
}

function tooLong(file: SourceFile): Finding {
  return { line: LINES_FORBIDDEN + 1, what: `${file.lines} lines` }
}

function within(file: SourceFile, folder: string): boolean {
  return file.path.startsWith(folder)
}

function importsWhere(file: SourceFile, isForbidden: (entry: Import) => boolean): Finding[] {
  return file.imports
    .filter(isForbidden)
    .map(({ line, specifier }) => ({ line, what: `import of ${specifier}` }))
}

/** The app that a package import leads to; relative paths are the affair of workspace-boundary. */
function appOf({ specifier }: Import): string | undefined {
  const name = /^(?:@groundwork\/(server|web)|(groundwork))(?:\/|$)/.exec(specifier)
  if (!name) return undefined
  return name[1] ? `apps/${name[1]}` : 'apps/cli'
}

/** The domain's folder name; undefined outside of the server and for its composition roots. */
function domainOf(path: string): string | undefined {
  if (!path.startsWith(SERVER)) return undefined
  const [folder, rest] = path.slice(SERVER.length).split('/')
  return rest === undefined || folder === undefined || COMPOSITION_FOLDERS.has(folder) ? undefined : folder
}

function isOtherDomain(target: string | undefined, own: string): boolean {
  const domain = target === undefined ? undefined : domainOf(target)
  return domain !== undefined && domain !== own
}

function rank(domain: string): number {
  return DOMAIN_ORDER.indexOf(domain)
}

function featureOf(path: string): string | undefined {
  return new RegExp(`^${WEB}features/([^/]+)/`).exec(path)?.[1]
}

/** 0: ui and the other shared folders, 1: features, 2: app and the files that start it. */
function webLayerOf(path: string): number | undefined {
  if (!path.startsWith(WEB)) return undefined
  const rest = path.slice(WEB.length)
  if (rest.startsWith('features/')) return 1
  return rest.startsWith('app/') || !rest.includes('/') ? 2 : 0
}
