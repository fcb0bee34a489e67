import { useTranslation } from 'react-i18next'
import { Dialog } from '../Dialog.tsx'
import { useStore } from '../store.ts'
import { useStoredValue } from '../stored-value.ts'
import { type Shortcut, type ShortcutGroup, shortcutStore, singleKeys } from './shortcuts.ts'
import './shortcut-list.css'

const groups: ShortcutGroup[] = ['answers', 'workbench', 'general']

/** The list behind `?`: every key that does something on the page that is open. */
export function ShortcutList({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const shortcuts = useStore(shortcutStore)
  const single = useStoredValue(singleKeys)
  return (
    <Dialog open={open} onClose={onClose} title={t('keys.title')}>
      {groups.map((group) => {
        const rows = shortcuts.filter((each) => each.group === group)
        return (
          rows.length > 0 && (
            <section className="shortcut-list" key={group} aria-label={t(`keys.groups.${group}`)}>
              <h3>{t(`keys.groups.${group}`)}</h3>
              <dl>
                {rows.map((each) => (
                  <Row key={each.label} shortcut={each} />
                ))}
              </dl>
            </section>
          )
        )
      })}
      <label className="check">
        <input
          type="checkbox"
          checked={single === 'on'}
          onChange={(event) => singleKeys.set(event.target.checked ? 'on' : 'off')}
        />
        <span>
          {t('keys.singleKeys')} <span className="faint">{t('keys.singleKeysHint')}</span>
        </span>
      </label>
    </Dialog>
  )
}

function Row({ shortcut }: { shortcut: Shortcut }) {
  return (
    <div>
      <dt>{shortcut.label}</dt>
      <dd>
        {[shortcut.keys].flat().map((key) => (
          <kbd key={key}>{keyName(key)}</kbd>
        ))}
      </dd>
    </div>
  )
}

const keyName = (key: string) => key.split('+').map(onePart).join(' ')
const onePart = (part: string) => (part === 'Enter' ? '⏎' : part.length === 1 ? part.toUpperCase() : part)
