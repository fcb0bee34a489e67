import { ImageOff, Maximize2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../Button.tsx'
import { placeOf, type ShownImage } from './image-place.ts'
import { imageUrl } from './image-url.ts'
import './task-image.css'

const ImageViewer = lazy(() => import('./ImageViewer.tsx'))

/** A stored image of a task: its place is kept while it loads, and a click or Enter shows it large. */
export default function TaskImage({ image }: { image: ShownImage }) {
  const { t } = useTranslation('media')
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading')
  const [attempt, setAttempt] = useState(0)
  const [open, setOpen] = useState(false)
  const { assetId, width, height } = image
  const url = imageUrl(assetId) ?? ''
  const name = image.alt || t('image')

  if (state === 'failed') {
    return (
      <span className="task-image-failed" role="status">
        <ImageOff className="icon" />
        <span>
          {image.alt && <strong>{image.alt}. </strong>}
          {t('failed')}
        </span>
        <Button
          size="s"
          onClick={() => {
            setAttempt(attempt + 1)
            setState('loading')
          }}
        >
          {t('again')}
        </Button>
      </span>
    )
  }
  return (
    <>
      <button
        type="button"
        className={`task-image ${state}`}
        style={placeOf(image)}
        aria-label={t('open', { name })}
        onClick={() => setOpen(true)}
      >
        <img
          // An address that failed once is remembered as such by the page.
          src={attempt === 0 ? url : `${url}?attempt=${attempt}`}
          alt=""
          {...(width && height ? { width, height } : {})}
          decoding="async"
          draggable={false}
          onLoad={() => setState('shown')}
          onError={() => setState('failed')}
        />
        <span className="task-image-hint" aria-hidden="true">
          <Maximize2 className="icon" />
        </span>
      </button>
      {open && (
        <Suspense>
          <ImageViewer url={url} name={name} width={width} height={height} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
