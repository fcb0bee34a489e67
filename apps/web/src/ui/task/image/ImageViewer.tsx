import { Dialog } from '@base-ui/react/dialog'
import { Maximize, Minus, Plus, X } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../Button.tsx'
import { useZoom } from './use-zoom.ts'
import './image-viewer.css'

/** An image alone in the window, to be looked at closely: zoomed and moved by keys, wheel and pointer. */
export default function ImageViewer({
  url,
  name,
  width,
  height,
  onClose,
}: {
  url: string
  name: string
  width: number | undefined
  height: number | undefined
  onClose: () => void
}) {
  const { t } = useTranslation('media')
  const { t: common } = useTranslation()
  const stage = useRef<HTMLButtonElement>(null)
  const zoom = useZoom(stage)
  const tools = [
    { label: t('zoomOut'), icon: <Minus className="icon" />, act: zoom.out },
    { label: t('zoomIn'), icon: <Plus className="icon" />, act: zoom.in },
    { label: t('fit'), icon: <Maximize className="icon" />, act: zoom.fit },
    { label: t('actual'), icon: '1:1', act: zoom.actual },
  ]
  return (
    <Dialog.Root open onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="image-viewer" initialFocus={stage}>
          <div className="image-viewer-head">
            <Dialog.Title>{name}</Dialog.Title>
            {width && height && <span className="hint num">{t('size', { width, height })}</span>}
            <span className="hint num" role="status">
              {t('zoom', { percent: Math.round(zoom.scale * 100) })}
            </span>
            {tools.map(({ label, icon, act }) => (
              <Button
                key={label}
                look="quiet"
                iconOnly={icon !== '1:1'}
                aria-label={label}
                title={label}
                onClick={act}
              >
                {icon}
              </Button>
            ))}
            <Dialog.Close render={<Button look="quiet" iconOnly aria-label={common('actions.close')} />}>
              <X className="icon" />
            </Dialog.Close>
          </div>
          <button
            type="button"
            ref={stage}
            className="image-stage"
            aria-label={t('view', { name })}
            onKeyDown={zoom.onKeyDown}
            onPointerDown={zoom.onPointerDown}
            onPointerMove={zoom.onPointerMove}
            onPointerUp={zoom.onPointerUp}
            onDoubleClick={zoom.toggle}
          >
            <img
              src={url}
              alt=""
              draggable={false}
              style={{ transform: zoom.transform }}
              onLoad={({ currentTarget }) =>
                zoom.loaded(currentTarget.naturalWidth, currentTarget.naturalHeight)
              }
            />
          </button>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
