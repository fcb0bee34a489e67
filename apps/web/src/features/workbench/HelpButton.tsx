import type { Question } from '@groundwork/contract'
import { CircleHelp } from 'lucide-react'
import { useTranslation } from '../../i18n/react.ts'
import { Markdown } from '../../ui/markdown/Markdown.tsx'
import { Popover } from '../../ui/Popover.tsx'

/** What a question means, on demand; also opened by H. Nothing for a question without help. */
export function HelpButton({ question }: { question: Question }) {
  const { t } = useTranslation('workbench')
  if (!question.help) return null
  const name = t('help.of', { label: question.label })
  return (
    <Popover
      label={name}
      trigger={
        <button
          type="button"
          className="btn quiet icon-only q-help"
          data-help={question.id}
          aria-label={name}
          aria-keyshortcuts="H"
        >
          <CircleHelp className="icon" />
        </button>
      }
    >
      <div className="q-help-text">
        <Markdown text={question.help} />
      </div>
    </Popover>
  )
}
