import { Check, Copy } from 'lucide-react'
import { type ReactNode, useId, useRef } from 'react'
import { useTranslation } from '../i18n/react.ts'
import { Button } from './Button.tsx'
import { useCopy } from './markdown/use-copy.ts'

/** A secret or a link to take away: the text, and a button that copies it. */
export function CopyText({
  label,
  text,
  shown = text,
  children,
}: {
  label: string
  text: string
  /** As it is shown, where that differs from what is copied. */
  shown?: string
  /** A line under it. */
  children?: ReactNode
}) {
  const { t } = useTranslation()
  const id = useId()
  const [copied, copy] = useCopy()
  const shownText = useRef<HTMLElement>(null)
  const take = () => {
    // Without https a page has no clipboard; selected, the text is one key press away.
    if (shownText.current) getSelection()?.selectAllChildren(shownText.current)
    if (navigator.clipboard) copy(text)
  }
  return (
    <div className="field">
      <span className="label" id={id}>
        {label}
      </span>
      <div className="copy-text">
        <code ref={shownText}>{shown}</code>
        <Button size="s" onClick={take} aria-describedby={id}>
          {copied ? <Check className="icon" /> : <Copy className="icon" />}
          <span role="status">{t(copied ? 'actions.copied' : 'actions.copy')}</span>
        </Button>
      </div>
      {children && <p className="hint">{children}</p>}
    </div>
  )
}
