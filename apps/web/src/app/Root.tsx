import { Outlet, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from '../i18n/react.ts'
import { useShortcuts } from '../ui/keys/shortcuts.ts'
import { typeAhead } from '../ui/keys/type-ahead.ts'
import { useCommands } from '../ui/palette/commands.ts'
import { Toasts } from '../ui/Toasts.tsx'
import { nextTheme } from '../ui/theme.ts'
import { whenIdle } from '../ui/when-idle.ts'

const loadPalette = () =>
  import('../ui/palette/CommandPalette.tsx').then((module) => ({ default: module.CommandPalette }))
const CommandPalette = lazy(loadPalette)
const ShortcutList = lazy(() =>
  import('../ui/keys/ShortcutList.tsx').then((module) => ({ default: module.ShortcutList })),
)

/** Around every page: toasts, the command palette and the list of keys. */
export function Root() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [open, setOpen] = useState<'palette' | 'keys' | null>(null)
  const close = () => setOpen(null)
  useEffect(() => whenIdle(loadPalette), [])

  useShortcuts([
    {
      id: 'palette',
      keys: 'Ctrl+k',
      label: t('keys.palette'),
      group: 'general',
      whileTyping: true,
      run: () => {
        typeAhead(close)
        setOpen('palette')
      },
    },
    { id: 'help', keys: '?', label: t('keys.help'), group: 'general', run: () => setOpen('keys') },
  ])
  useCommands([
    {
      id: 'keys',
      label: t('keys.title'),
      keywords: 'shortcuts keyboard help',
      keys: '?',
      run: () => setOpen('keys'),
    },
    { id: 'theme', label: t('theme.command'), keywords: 'dark light', run: nextTheme },
    { id: 'account', label: t('nav.account'), run: () => void navigate({ to: '/account' }) },
    { id: 'start', label: t('pages.start'), keywords: 'home', run: () => void navigate({ to: '/' }) },
  ])
  return (
    <>
      <Outlet />
      <Toasts />
      {open && (
        <Suspense fallback={null}>
          {open === 'palette' ? (
            <CommandPalette open onClose={close} />
          ) : (
            <ShortcutList open onClose={close} />
          )}
        </Suspense>
      )}
    </>
  )
}
