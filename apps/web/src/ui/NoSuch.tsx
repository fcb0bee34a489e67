import type { ReactNode } from 'react'
import { useTranslation } from '../i18n/react.ts'
import { Empty } from './bits.tsx'

export type Noun = 'project' | 'task' | 'template' | 'judgment' | 'page'

/** What an address leads to when there is nothing behind it that this person may see, and a way on. */
export function NoSuch({ noun, level = 1, act }: { noun: Noun; level?: 1 | 2; act?: ReactNode }) {
  const { t } = useTranslation()
  return (
    <Empty level={level} title={t(`noSuch.${noun}`)} act={act}>
      {t(noun === 'page' ? 'errors.notFound' : 'noSuch.why')}
    </Empty>
  )
}
