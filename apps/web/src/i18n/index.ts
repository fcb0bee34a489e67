import common from './en/common.json'
import { type Catalogue, Translator } from './translator.ts'

/** One catalogue per feature, loaded with the pages that need it; `common` is the shell's and the design system's. */
const catalogues = import.meta.glob<{ default: Catalogue }>(['./*/*.json', '!./en/common.json'])

const LANGUAGE = 'en'

/** The texts of the interface. */
export const i18n = new Translator({
  language: LANGUAGE,
  defaultNamespace: 'common',
  catalogues: { common },
  async load(namespace) {
    const load = catalogues[`./${LANGUAGE}/${namespace}.json`]
    if (!load) throw new Error(`There is no catalogue ${LANGUAGE}/${namespace}.`)
    return (await load()).default
  },
})

/** Languages that are written from right to left. */
const FROM_RIGHT = new Set(['ar', 'dv', 'fa', 'he', 'ku', 'ps', 'sd', 'ug', 'ur', 'yi'])

// Tests of single parts have no page.
if (typeof document !== 'undefined') {
  document.documentElement.lang = i18n.language
  document.documentElement.dir = FROM_RIGHT.has(i18n.language.split('-')[0] ?? '') ? 'rtl' : 'ltr'
}
