import i18next, { type BackendModule, type ReadCallback } from 'i18next'
import { initReactI18next } from 'react-i18next'
import common from './en/common.json'

/** One catalogue per feature, loaded with the pages that need it; `common` is the shell's and the design system's. */
const catalogues = import.meta.glob<{ default: Record<string, unknown> }>(['./*/*.json', '!./en/common.json'])

const backend: BackendModule = {
  type: 'backend',
  init() {},
  read(language: string, namespace: string, done: ReadCallback) {
    const load = catalogues[`./${language}/${namespace}.json`]
    if (!load) return done(new Error(`There is no catalogue ${language}/${namespace}.`), false)
    load().then(
      (module) => done(null, module.default),
      (error: Error) => done(error, false),
    )
  },
}

void i18next
  .use(backend)
  .use(initReactI18next)
  .init({
    lng: 'en',
    fallbackLng: 'en',
    ns: ['common'],
    defaultNS: 'common',
    partialBundledLanguages: true,
    resources: { en: { common } },
    initAsync: false,
    interpolation: { escapeValue: false },
  })

const showLanguage = (language: string) => {
  document.documentElement.lang = language
  document.documentElement.dir = i18next.dir(language)
}
showLanguage(i18next.language)
i18next.on('languageChanged', showLanguage)

export { i18next }
