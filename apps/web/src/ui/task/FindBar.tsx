import { ChevronDown, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../Button.tsx'
import { findIn, setMarks } from './marks.ts'

/** Search in one response; Enter goes on to the next place. */
export function FindBar({ body, onClose }: { body: () => HTMLElement | null; onClose: () => void }) {
  const { t } = useTranslation()
  const [wanted, setWanted] = useState('')
  const [found, setFound] = useState<Range[]>([])
  const [at, setAt] = useState(0)

  useEffect(() => {
    const element = body()
    setFound(element ? findIn(element, wanted) : [])
    setAt(0)
  }, [body, wanted])
  useEffect(() => {
    setMarks('find-match', found)
    const current = found[at]
    setMarks('find-current', current ? [current] : [])
    current?.startContainer.parentElement?.scrollIntoView({ block: 'nearest' })
    return () => {
      setMarks('find-match', [])
      setMarks('find-current', [])
    }
  }, [found, at])

  const next = () => setAt(found.length === 0 ? 0 : (at + 1) % found.length)
  return (
    <search className="find-bar">
      <input
        className="input"
        aria-label={t('task.findLabel')}
        placeholder={t('task.findLabel')}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked for this field.
        autoFocus
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') next()
          else if (event.key === 'Escape') onClose()
          else return
          event.preventDefault()
        }}
      />
      <span className="faint small num nowrap" role="status">
        {wanted.trim() !== '' &&
          (found.length > 0
            ? t('task.findCount', { index: at + 1, count: found.length })
            : t('task.findNone'))}
      </span>
      <Button look="quiet" iconOnly aria-label={t('task.findNext')} onClick={next}>
        <ChevronDown className="icon" />
      </Button>
      <Button look="quiet" iconOnly aria-label={t('actions.close')} onClick={onClose}>
        <X className="icon" />
      </Button>
    </search>
  )
}
