import { CircleDashed, CloudOff, Flag, SkipForward } from 'lucide-react'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { useKeyHint } from '../../ui/keys/bindings.ts'
import { MissingList } from './MissingList.tsx'
import type { Missing } from './missing.ts'
import type { WorkbenchState } from './workbench-state.ts'

/** The foot of the workbench: what can be done instead, what still misses, submit. */
export function AnswerBar({
  state,
  missing,
  onSkip,
  onFlag,
  onSubmit,
}: {
  state: WorkbenchState
  missing: Missing[]
  onSkip: () => void
  onFlag: () => void
  onSubmit: () => void
}) {
  const { t } = useTranslation('workbench')
  const ready = missing.length === 0
  const skipKey = useKeyHint('skip', 's')
  const flagKey = useKeyHint('flag', 'f')
  const submitKey = useKeyHint('submit', 'Enter')
  return (
    <footer className="wb-foot">
      <Button
        look="quiet"
        aria-label={skipKey ? t('skip.key', { key: skipKey }) : t('skip.act')}
        busy={state.busy === 'skip'}
        onClick={onSkip}
      >
        <SkipForward className="icon" />
        <span className="word">{t('skip.act')}</span>
        {skipKey && <kbd>{skipKey}</kbd>}
      </Button>
      <Button
        look="quiet"
        aria-label={flagKey ? t('flag.key', { key: flagKey }) : t('flag.act')}
        busy={state.busy === 'flag'}
        onClick={onFlag}
      >
        <Flag className="icon" />
        <span className="word">{t('flag.act')}</span>
        {flagKey && <kbd>{flagKey}</kbd>}
      </Button>
      {state.offline && (
        <p className="offline" role="status">
          <CloudOff className="icon" />
          {state.unsent > 0 ? t('offline.waiting', { count: state.unsent }) : t('offline.bar')}
        </p>
      )}
      {ready ? (
        <p className="ready">{t('ready')}</p>
      ) : (
        <p className="needs">
          <CircleDashed className="icon" />
          <span>
            {t('needs.prefix')}{' '}
            {state.task && <MissingList missing={missing} assignment={state.task.assignment} />}
          </span>
        </p>
      )}
      <Button
        look={ready ? 'primary' : 'waiting'}
        className="submit"
        aria-disabled={!ready}
        aria-keyshortcuts="Control+Enter"
        onClick={onSubmit}
      >
        {t('submit')} {submitKey && <kbd>{submitKey}</kbd>}
      </Button>
    </footer>
  )
}
