import { workbenchKeys } from '@groundwork/contract/checks'

const taken = Object.keys(workbenchKeys)
/** Keys of the workbench that a form may give to an option, and that no option gets by itself. */
const lent = ['l', 'w']

/**
 * The key of each option by its value: the one that the form names unless the workbench has it, else its digit by place for up to nine options, else the first free
 * letter of its label, else any free letter. Options beyond the free keys have none.
 */
export function optionKeys(
  options: readonly { value: string; label: string; shortcut?: string | undefined }[],
): Map<string, string> {
  const keys = new Map<string, string>()
  const used = new Set([...taken, ...lent])
  const give = (value: string, key: string | undefined) => {
    if (key === undefined) return
    keys.set(value, key)
    used.add(key)
  }
  for (const { value, shortcut } of options) if (!taken.includes(shortcut ?? '')) give(value, shortcut)
  const free = (key: string) => /^[a-z0-9]$/.test(key) && !used.has(key)
  for (const [index, { value, label }] of options.entries()) {
    if (keys.has(value)) continue
    const letters = [...label.toLowerCase().normalize('NFD'), ...'abcdefghijklmnopqrstuvwxyz']
    give(value, options.length <= 9 && free(String(index + 1)) ? String(index + 1) : letters.find(free))
  }
  return keys
}
