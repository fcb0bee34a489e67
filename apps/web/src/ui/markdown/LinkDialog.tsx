import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../Button.tsx'
import { Dialog } from '../Dialog.tsx'
import { openableUrl } from './links.ts'

/** Shows where a link of a task leads before it is followed. */
export function LinkDialog({ url, onClose }: { url: string; onClose: () => void }) {
  const { t } = useTranslation()
  const target = openableUrl(url)
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('link.title')}
      foot={
        <>
          <Button onClick={onClose}>{t('actions.cancel')}</Button>
          {target && (
            <a
              className="btn"
              href={target.href}
              target="_blank"
              rel="noopener noreferrer"
              referrerPolicy="no-referrer"
              onClick={onClose}
            >
              {t('link.open')}
            </a>
          )}
        </>
      }
    >
      <p>{t(target ? 'link.body' : 'link.blocked')}</p>
      <code className="link-target">{target?.href ?? url}</code>
    </Dialog>
  )
}
