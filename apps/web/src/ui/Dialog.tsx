import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type ReactNode, type RefObject, useId, useRef, useState } from 'react'
import { useTranslation } from '../i18n/react.ts'
import { Button } from './Button.tsx'
import { useFocusReturn } from './focus.ts'
import { toastPlace } from './toast-store.ts'

export type DialogProps = {
  open: boolean
  onClose: () => void
  title: ReactNode
  children: ReactNode
  /** Buttons at the foot, main act last. */
  foot?: ReactNode
  /** `panel` comes from the end of the line and leaves the page in view. */
  shape?: 'wide' | 'panel'
  /** What gets the focus first; default: the first control of the body, or else the body, so that the arrow keys scroll it. */
  initialFocus?: RefObject<HTMLElement | null> | 'body'
}

/** A modal dialog: traps the focus, closes on Escape and outside, gives the focus back. */
export function Dialog({ open, onClose, title, children, foot, shape, initialFocus }: DialogProps) {
  const { t } = useTranslation()
  const body = useRef<HTMLDivElement>(null)
  const firstControl = () =>
    body.current?.querySelector<HTMLElement>('input, textarea, select, button, a[href]') ?? body.current
  const giveBack = useFocusReturn(open)
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="backdrop" />
        <Base.Popup
          className={shape ? `dialog ${shape}` : 'dialog'}
          initialFocus={initialFocus === 'body' ? body : (initialFocus ?? firstControl)}
          finalFocus={giveBack}
        >
          <div className="dialog-head">
            <Base.Title>{title}</Base.Title>
            <Base.Close render={<Button look="quiet" iconOnly aria-label={t('actions.close')} />}>
              <X className="icon" />
            </Base.Close>
          </div>
          <div className="dialog-body" ref={body} tabIndex={-1}>
            {children}
          </div>
          <div className="toasts" role="status" aria-live="polite" ref={toastPlace} />
          {foot && <div className="dialog-foot">{foot}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

export type ConfirmDialogProps = Omit<DialogProps, 'foot' | 'shape' | 'initialFocus'> & {
  /** The act by its name, such as "Finish project"; never "OK". */
  act: string
  onConfirm: () => void
  busy?: boolean
  /** The person must type this (a project's name) before the act is possible. */
  typed?: string
}

/** A named confirmation of an act that cannot be taken back. */
export function ConfirmDialog({ act, onConfirm, busy, typed, children, ...dialog }: ConfirmDialogProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const inputId = useId()
  const ready = typed === undefined || text.trim() === typed
  return (
    <Dialog
      {...dialog}
      foot={
        <>
          <Button onClick={dialog.onClose}>{t('actions.cancel')}</Button>
          <Button look="danger" disabled={!ready} busy={busy} onClick={onConfirm}>
            {act}
          </Button>
        </>
      }
    >
      {children}
      {typed !== undefined && (
        <div className="field">
          <label htmlFor={inputId}>{t('confirm.type', { name: typed })}</label>
          <input
            id={inputId}
            className="input"
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
      )}
    </Dialog>
  )
}
