/** A catalogue: texts by name, nested as deep as wanted. `{{name}}` in a text is a value; `_zero`, `_one`, `_other` … are its plural forms. */
export type Catalogue = { readonly [key: string]: string | Catalogue }

export type TranslateOptions = {
  /** Chooses the plural form, by the rules of the language; `_zero` goes before them where it is given. */
  count?: number | undefined
  /** Said when there is no such text. */
  defaultValue?: string | undefined
  [value: string]: unknown
}

export type Translate = (key: string, options?: TranslateOptions) => string

/**
 * The interface's texts in one language. It reads the catalogues as i18next does (a test compares the two over every text that there
 * is) in a tenth of its size, because the workbench has to be there at once.
 */
export class Translator {
  readonly language: string
  readonly #catalogues = new Map<string, Catalogue>()
  readonly #loading = new Map<string, Promise<void>>()
  readonly #load: (namespace: string) => Promise<Catalogue>
  readonly #plurals: Intl.PluralRules
  readonly #defaultNamespace: string

  constructor(options: {
    language: string
    defaultNamespace: string
    catalogues: Readonly<Record<string, Catalogue>>
    load: (namespace: string) => Promise<Catalogue>
  }) {
    this.language = options.language
    this.#defaultNamespace = options.defaultNamespace
    this.#load = options.load
    this.#plurals = new Intl.PluralRules(options.language)
    for (const [name, catalogue] of Object.entries(options.catalogues)) this.#catalogues.set(name, catalogue)
  }

  has(namespace: string): boolean {
    return this.#catalogues.has(namespace)
  }

  /** Loads catalogues that are not there yet. A failed one can be asked for again. */
  async loadNamespaces(namespaces: readonly string[]): Promise<void> {
    await Promise.all(namespaces.map((namespace) => this.#loadOne(namespace)))
  }

  #loadOne(namespace: string): Promise<void> {
    if (this.#catalogues.has(namespace)) return Promise.resolve()
    const under = this.#loading.get(namespace)
    if (under) return under
    const loading = this.#load(namespace)
      .then((catalogue) => void this.#catalogues.set(namespace, catalogue))
      .finally(() => this.#loading.delete(namespace))
    this.#loading.set(namespace, loading)
    return loading
  }

  /** Texts of some catalogues: the first that has a key says it. `name:key` names the catalogue itself. */
  of(namespaces: readonly string[]): Translate {
    return (key, options = {}) => {
      const text = this.#find(key, options, namespaces)
      return filled(text ?? options.defaultValue ?? key, options)
    }
  }

  readonly t: Translate = (key, options) => this.of([this.#defaultNamespace])(key, options)

  #find(key: string, { count }: TranslateOptions, namespaces: readonly string[]): string | undefined {
    const colon = key.indexOf(':')
    const named = colon > 0 && this.#catalogues.has(key.slice(0, colon))
    const path = named ? key.slice(colon + 1) : key
    const forms =
      count === undefined
        ? [path]
        : [...(count === 0 ? [`${path}_zero`] : []), `${path}_${this.#plurals.select(count)}`, path]
    for (const namespace of named ? [key.slice(0, colon)] : namespaces) {
      for (const form of forms) {
        const text = textAt(this.#catalogues.get(namespace), form)
        if (text !== undefined) return text
      }
    }
    return undefined
  }
}

function textAt(catalogue: Catalogue | undefined, path: string): string | undefined {
  let found: string | Catalogue | undefined = catalogue
  for (const name of path.split('.')) {
    if (typeof found !== 'object') return undefined
    found = Object.hasOwn(found, name) ? found[name] : undefined
  }
  return typeof found === 'string' ? found : undefined
}

const filled = (text: string, values: TranslateOptions): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
