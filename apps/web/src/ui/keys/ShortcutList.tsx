import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../Button.tsx'
import { Dialog } from '../Dialog.tsx'
import { useStore } from '../store.ts'
import { bindings, boundKey, keyName } from './bindings.ts'
import { idOf, type Shortcut, type ShortcutGroup, shortcutStore, singleKeys } from './shortcuts.ts'
import './shortcut-list.css'

const ShortcutEditor = lazy(() =>
  import('./ShortcutEditor.tsx').then((module) => ({ default: module.ShortcutEditor })),
)

const groups: ShortcutGroup[] = ['answers', 'workbench', 'general']

/** The list behind `?`: every key that does something on the page that is open, and the way to change them. */
export function ShortcutList({
  open,
  onClose,
  editing: startsEditing = false,
}: {
  open: boolean
  onClose: () => void
  /** Opens where keys are changed. */
  editing?: boolean
}) {
  const { t } = useTranslation()
  const shortcuts = useStore(shortcutStore)
  const single = useStore(singleKeys)
  const bound = useStore(bindings)
  const [editing, setEditing] = useState(startsEditing)
  return (
    <Dialog
      open={open}
      onClose={onClose}
      initialFocus="body"
      title={t(editing ? 'keys.change' : 'keys.title')}
      foot={
        <>
          {editing && Object.keys(bound).length > 0 && (
            <Button look="quiet" onClick={() => bindings.set({})}>
              {t('keys.resetAll')}
            </Button>
          )}
          <Button onClick={() => setEditing(!editing)}>{t(editing ? 'keys.done' : 'keys.change')}</Button>
        </>
      }
    >
      {editing && <p className="hint">{t('keys.changeHint')}</p>}
      {groups.map((group) => {
        const rows = shortcuts.filter((each) => each.group === group)
        return (
          rows.length > 0 && (
            <section className="shortcut-list" key={group} aria-label={t(`keys.groups.${group}`)}>
              <h3>{t(`keys.groups.${group}`)}</h3>
              {editing ? (
                <Suspense fallback={null}>
                  <ShortcutEditor rows={rows} all={shortcuts} />
                </Suspense>
              ) : (
                <dl>
                  {rows.map((each) => (
                    <Row key={idOf(each)} shortcut={each} />
                  ))}
                </dl>
              )}
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
  const { t } = useTranslation()
  const bound = useStore(bindings)
  const keys = [shortcut.keys]
    .flat()
    .map((key) => boundKey(bound, idOf(shortcut), key))
    .filter((key) => key !== '')
  return (
    <div>
      <dt>{shortcut.label}</dt>
      <dd>
        {keys.length === 0 && <span className="faint">{t('keys.off')}</span>}
        {keys.map((key) => (
          <kbd key={key}>{keyName(key)}</kbd>
        ))}
      </dd>
    </div>
  )
}
