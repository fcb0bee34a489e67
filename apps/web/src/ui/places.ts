/** Countries and languages by name, from the browser's own data, in the order of the page's language. */

const locale = () => globalThis.document?.documentElement.lang || 'en'

export function countryName(code: string): string {
  return new Intl.DisplayNames(locale(), { type: 'region' }).of(code) ?? code
}

export function languageName(code: string): string {
  return new Intl.DisplayNames(locale(), { type: 'language' }).of(code) ?? code
}

// Codes that browsers name but that are no country: unions, test codes, parts without a government of their own.
const noCountries = new Set('AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ'.split(' '))

export function allCountries(): { code: string; name: string }[] {
  const names = new Intl.DisplayNames(locale(), { type: 'region', fallback: 'none' })
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const seen = new Set<string>()
  return letters
    .flatMap((one) => letters.map((two) => one + two))
    .flatMap((code) => {
      const name = noCountries.has(code) ? undefined : names.of(code)
      // Old codes carry the name of their successor.
      if (!name || seen.has(name) || new Intl.Locale(`und-${code}`).region !== code) return []
      seen.add(name)
      return [{ code, name }]
    })
    .sort((one, other) => one.name.localeCompare(other.name, locale()))
}

const offered =
  'am ar bg bn cs da de el en es et fa fi fr gu ha he hi hr hu hy id ig it ja jv ka kk km kn ko lt lv ml mr ms my nb ne nl pa pl pt pt-BR ro ru si sk sl sq sr sv sw ta te th tl tr uk ur uz vi yo zh zu'

export function allLanguages(): { code: string; name: string }[] {
  return offered
    .split(' ')
    .map((code) => ({ code, name: languageName(code) }))
    .sort((one, other) => one.name.localeCompare(other.name, locale()))
}
