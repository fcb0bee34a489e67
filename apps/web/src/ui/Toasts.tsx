import { X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'

import { useTranslation } from '../i18n/react.ts'
import { Button } from './Button.tsx'
import { useStore } from './store.ts'
import { dismissToast, type Toast, toastPlaces, toastStore } from './toast-store.ts'

/** The place where toasts appear; once per page. It is a live region, so it must be there before the first toast, as that of a dialog is. */
export function Toasts() {
  const toasts = useStore(toastStore).map((toast) => <ToastView key={toast.id} toast={toast} />)
  const inDialog = useStore(toastPlaces).at(-1)
  return (
    <div className="toasts" role="status" aria-live="polite">
      {inDialog ? createPortal(toasts, inDialog) : toasts}
    </div>
  )
}

function ToastView({ toast }: { toast: Toast }) {
  const { t } = useTranslation()
  const [held, setHeld] = useState(false)
  const leaves = useRef(Date.now() + toast.stays)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => dismissToast(toast.id), Math.max(1_000, leaves.current - Date.now()))
    return () => clearTimeout(timer)
  }, [held, toast.id])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointer and focus only keep it from leaving while it is being read.
    <div
      className={toast.bad ? 'toast bad' : 'toast'}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span>
        {toast.money && <b className="money num">{toast.money} </b>}
        {toast.text}
      </span>
      {toast.act && (
        <Button
          size="s"
          onClick={() => {
            toast.act?.run()
            dismissToast(toast.id)
          }}
        >
          {toast.act.label}
        </Button>
      )}
      <Button look="quiet" iconOnly aria-label={t('actions.dismiss')} onClick={() => dismissToast(toast.id)}>
        <X className="icon" />
      </Button>
    </div>
  )
}
