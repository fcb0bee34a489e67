import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'

/** A place in a file that may break a rule. `line` counts from 1. */
export type Finding = { line: number; what: string }

/** `target` is the path from the root for relative imports, undefined for packages and builtins. */
export type Import = { line: number; specifier: string; target: string | undefined; names: string[] }

export type SourceFile = {
  /** From the root of the checkout, with forward slashes. */
  path: string
  /** `apps/server`, `packages/contract`, or undefined for the folders of the checkout itself. */
  workspace: string | undefined
  isTest: boolean
  isGenerated: boolean
  lines: number
  imports: Import[]
  /** Places where the environment is read. */
  environment: Finding[]
  /** Places that hold SQL or build it. */
  sql: Finding[]
  /** Calls of the global `fetch`. */
  fetches: Finding[]
  /** What the parser did not understand. */
  unreadable: Finding[]
}

const FOLDERS = ['apps', 'packages', 'bench', 'scripts', 'tests']
const CODE = /\.(ts|tsx|mts|js|mjs)$/
const PASSED_OVER = new Set(['node_modules', 'dist', 'data', 'public', 'fixtures', 'docs'])

/** Reads every source file below the root. */
export function readSources(root: string): SourceFile[] {
  return FOLDERS.flatMap((folder) => listFiles(root, folder)).map((path) => readSource(root, path))
}

function listFiles(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) {
      return PASSED_OVER.has(entry.name) || entry.name.startsWith('.') ? [] : listFiles(root, path)
    }
    return CODE.test(entry.name) ? [path] : []
  })
}

function readSource(root: string, path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8')
  const parsed = parseSync(path, text)
  const file: SourceFile = {
    path,
    workspace: /^(apps|packages)\/[^/]+/.exec(path)?.[0],
    isTest: /\.test\.[a-z]+$|(^|\/)(test|tests|testing)\//.test(path),
    isGenerated: /\.generated\.[a-z]+$/.test(path),
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    imports: [],
    environment: [],
    sql: [],
    fetches: [],
    unreadable: [],
  }
  const lineAt = lineFinder(text)
  file.unreadable = parsed.errors.map((error) => ({
    line: lineAt(error.labels[0]?.start ?? 0),
    what: error.message,
  }))
  // A file names another once or many times; it is one import, found where it is first named.
  const addImport = (start: number, specifier: string, names: string[]) => {
    const known = file.imports.find((entry) => entry.specifier === specifier)
    if (known) known.names.push(...names)
    else file.imports.push({ line: lineAt(start), specifier, target: resolve(path, specifier), names })
  }

  for (const { start, moduleRequest, entries } of parsed.module.staticImports) {
    addImport(
      start,
      moduleRequest.value,
      entries.map((entry) => entry.importName.name ?? '*'),
    )
  }
  for (const { entries } of parsed.module.staticExports) {
    for (const { start, moduleRequest, importName } of entries) {
      if (moduleRequest) addImport(start, moduleRequest.value, [importName.name ?? '*'])
    }
  }
  collectFromTree(parsed.program, file, lineAt, addImport)
  return file
}

type Program = ReturnType<typeof parseSync>['program']
const QUERY_BUILDERS = new Set(['selectFrom', 'insertInto', 'updateTable', 'deleteFrom', 'mergeInto'])
const SQL_TEXT = /^\s*(select|insert|update|delete|with|create|alter|drop|truncate|copy|grant|begin|lock)\b/i

/** What only a walk through the tree shows: dynamic and type imports, calls, and reads of the environment. */
function collectFromTree(
  program: Program,
  file: SourceFile,
  lineAt: (offset: number) => number,
  addImport: (start: number, specifier: string, names: string[]) => void,
) {
  new Visitor({
    ImportExpression(node) {
      if (node.source.type === 'Literal' && typeof node.source.value === 'string') {
        addImport(node.start, node.source.value, ['*'])
      }
    },
    TSImportType(node) {
      addImport(node.start, node.source.value, ['*'])
    },
    MemberExpression(node) {
      const isEnvironment =
        node.object.type === 'Identifier' &&
        node.object.name === 'process' &&
        ((node.property.type === 'Identifier' && node.property.name === 'env') ||
          (node.property.type === 'Literal' && node.property.value === 'env'))
      if (isEnvironment) file.environment.push({ line: lineAt(node.start), what: 'process.env' })
    },
    VariableDeclarator(node) {
      // const { env } = process
      if (
        node.init?.type !== 'Identifier' ||
        node.init.name !== 'process' ||
        node.id.type !== 'ObjectPattern'
      )
        return
      const takesEnvironment = node.id.properties.some(
        (property) =>
          property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === 'env',
      )
      if (takesEnvironment) file.environment.push({ line: lineAt(node.start), what: '{ env } = process' })
    },
    TaggedTemplateExpression(node) {
      if (node.tag.type === 'Identifier' && node.tag.name === 'sql') {
        file.sql.push({ line: lineAt(node.start), what: 'sql`…`' })
      }
    },
    CallExpression(node) {
      const { callee } = node
      if (callee.type === 'Identifier' && callee.name === 'fetch') {
        file.fetches.push({ line: lineAt(node.start), what: 'fetch(…)' })
      }
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return
      const { name } = callee.property
      if (QUERY_BUILDERS.has(name))
        file.sql.push({ line: lineAt(callee.property.start), what: `.${name}(…)` })
      const [first] = node.arguments
      const text =
        first?.type === 'Literal'
          ? first.value
          : first?.type === 'TemplateLiteral'
            ? first.quasis[0]?.value.raw
            : undefined
      if (name === 'query' && typeof text === 'string' && SQL_TEXT.test(text)) {
        file.sql.push({ line: lineAt(node.start), what: `.query('${text.trim().split(/\s/)[0]} …')` })
      }
    },
  }).visit(program)

  for (const { line, specifier, names } of file.imports) {
    if (/^(node:)?process$/.test(specifier) && (names.includes('env') || names.includes('*'))) {
      file.environment.push({ line, what: `import of env from ${specifier}` })
    }
    if (/^pg(-|$)/.test(specifier)) file.sql.push({ line, what: `import of ${specifier}` })
    if (names.includes('sql')) file.sql.push({ line, what: `import of sql from ${specifier}` })
  }
}

function resolve(from: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? normalize(join(dirname(from), specifier)) : undefined
}

function lineFinder(text: string): (offset: number) => number {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    const next = starts.findIndex((start) => start > offset)
    return next === -1 ? starts.length : next
  }
}
