import { Dialog as Base } from '@base-ui/react/dialog'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { useFocusReturn } from '../focus.ts'
import { useStore } from '../store.ts'
import { type Command, commandStore, findCommands } from './commands.ts'
import './command-palette.css'

/** Everything that can be done from here, by typing a part of its name. */
export function CommandPalette({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="backdrop" />
        <Base.Popup
          className="dialog palette"
          initialFocus={input}
          finalFocus={useFocusReturn(open)}
          aria-label={t('palette.title')}
        >
          <PaletteBody input={input} onClose={onClose} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

function PaletteBody({
  input,
  onClose,
}: {
  input: React.RefObject<HTMLInputElement | null>
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const listId = useId()
  const found = findCommands(useStore(commandStore), typed)
  const current = Math.min(at, found.length - 1)

  const choose = (command: Command | undefined) => {
    if (!command) return
    onClose()
    command.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setAt((current + step + found.length) % Math.max(1, found.length))
    else if (event.key === 'Enter') choose(found[current])
    else return
    event.preventDefault()
  }
  return (
    <>
      <input
        ref={input}
        className="palette-input"
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={found[current] && `${listId}-${current}`}
        aria-label={t('palette.placeholder')}
        placeholder={t('palette.placeholder')}
        value={typed}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setTyped(event.target.value)
          setAt(0)
        }}
      />
      <div className="palette-list" id={listId} role="listbox" aria-label={t('palette.title')}>
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above moves through the options by keyboard.
          <div
            key={command.id}
            id={`${listId}-${index}`}
            className="menu-item"
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            data-highlighted={index === current ? '' : undefined}
            onMouseMove={() => setAt(index)}
            onClick={() => choose(command)}
          >
            {command.label}
            {command.keys && (
              <span className="end">
                <kbd>{command.keys}</kbd>
              </span>
            )}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="palette-empty">{t('palette.empty')}</p>}
    </>
  )
}
