import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore } from 'shiki/core'
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript'

export type ColouredLine = { text: string; colour: string | undefined }[]

/** Grammars by the names that people write after the fence. Each is a file of its own, fetched when first met. */
const grammars = {
  bash: () => import('shiki/dist/langs/bash.mjs'),
  c: () => import('shiki/dist/langs/c.mjs'),
  cpp: () => import('shiki/dist/langs/cpp.mjs'),
  csharp: () => import('shiki/dist/langs/csharp.mjs'),
  css: () => import('shiki/dist/langs/css.mjs'),
  diff: () => import('shiki/dist/langs/diff.mjs'),
  dockerfile: () => import('shiki/dist/langs/dockerfile.mjs'),
  go: () => import('shiki/dist/langs/go.mjs'),
  haskell: () => import('shiki/dist/langs/haskell.mjs'),
  html: () => import('shiki/dist/langs/html.mjs'),
  ini: () => import('shiki/dist/langs/ini.mjs'),
  java: () => import('shiki/dist/langs/java.mjs'),
  javascript: () => import('shiki/dist/langs/javascript.mjs'),
  json: () => import('shiki/dist/langs/json.mjs'),
  julia: () => import('shiki/dist/langs/julia.mjs'),
  jsx: () => import('shiki/dist/langs/jsx.mjs'),
  kotlin: () => import('shiki/dist/langs/kotlin.mjs'),
  latex: () => import('shiki/dist/langs/latex.mjs'),
  lua: () => import('shiki/dist/langs/lua.mjs'),
  markdown: () => import('shiki/dist/langs/markdown.mjs'),
  php: () => import('shiki/dist/langs/php.mjs'),
  python: () => import('shiki/dist/langs/python.mjs'),
  r: () => import('shiki/dist/langs/r.mjs'),
  ruby: () => import('shiki/dist/langs/ruby.mjs'),
  rust: () => import('shiki/dist/langs/rust.mjs'),
  scala: () => import('shiki/dist/langs/scala.mjs'),
  sql: () => import('shiki/dist/langs/sql.mjs'),
  swift: () => import('shiki/dist/langs/swift.mjs'),
  toml: () => import('shiki/dist/langs/toml.mjs'),
  tsx: () => import('shiki/dist/langs/tsx.mjs'),
  typescript: () => import('shiki/dist/langs/typescript.mjs'),
  xml: () => import('shiki/dist/langs/xml.mjs'),
  yaml: () => import('shiki/dist/langs/yaml.mjs'),
} as const
type Grammar = keyof typeof grammars

const aliases: Record<string, Grammar> = {
  'c#': 'csharp',
  'c++': 'cpp',
  console: 'bash',
  cs: 'csharp',
  docker: 'dockerfile',
  golang: 'go',
  hs: 'haskell',
  js: 'javascript',
  jsonc: 'json',
  kt: 'kotlin',
  md: 'markdown',
  mjs: 'javascript',
  postgresql: 'sql',
  py: 'python',
  python3: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'bash',
  shell: 'bash',
  svg: 'xml',
  tex: 'latex',
  ts: 'typescript',
  yml: 'yaml',
  zsh: 'bash',
}

const theme = createCssVariablesTheme({ name: 'groundwork', variablePrefix: '--code-', fontStyle: false })
let highlighter: Promise<HighlighterCore> | null = null

/**
 * The code in coloured pieces; colours are custom properties (`markdown.css` maps them to the tokens). Null when the language is
 * unknown or its grammar cannot be fetched: the code is then shown plain.
 */
export async function highlight(code: string, language: string): Promise<ColouredLine[] | null> {
  const name = language.toLowerCase()
  const grammar = aliases[name] ?? (Object.hasOwn(grammars, name) ? (name as Grammar) : undefined)
  if (!grammar) return null
  try {
    // The regular-expression engine of the browser: the other one is WebAssembly, which the page's policy forbids.
    highlighter ??= createHighlighterCore({
      themes: [theme],
      langs: [],
      engine: createJavaScriptRegexEngine({ forgiving: true }),
    })
    const core = await highlighter
    if (!core.getLoadedLanguages().includes(grammar)) await core.loadLanguage(grammars[grammar]())
    const { tokens } = core.codeToTokens(code, {
      lang: grammar,
      theme: 'groundwork',
      tokenizeMaxLineLength: 2_000,
      // A line that takes longer loses its colours from there on. The first ones compile the grammar, which half a second (what it is
      // otherwise) is too short for on a slow machine.
      tokenizeTimeLimit: 5_000,
    })
    return tokens.map((line) => line.map((token) => ({ text: token.content, colour: token.color })))
  } catch {
    return null
  }
}
