import { useState } from 'react'
import { auth } from '../../../api/auth.ts'
import { useForm } from '../../../api/use-form.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { TextField } from '../../../ui/Field.tsx'
import { focusOnMount } from '../../../ui/focus.ts'
import { Problem } from '../../../ui/Problem.tsx'

/** A code of the authenticator app, or one of the backup codes. */
export function SecondFactorStep({ onDone, onAgain }: { onDone: () => unknown; onAgain: () => void }) {
  const { t } = useTranslation('account')
  const [backup, setBackup] = useState(false)
  const form = useForm({
    send: (value) => {
      const code = value('code').replace(/\s/g, '')
      const trustDevice = value('trust') !== ''
      return backup ? auth.verifyBackupCode({ code, trustDevice }) : auth.verifyCode({ code, trustDevice })
    },
    done: onDone,
  })
  return (
    <form className="form" {...form.props}>
      <TextField
        key={backup ? 'backup' : 'code'}
        ref={focusOnMount}
        label={t(backup ? 'code.backup' : 'code.code')}
        hint={backup ? t('code.backupHint') : undefined}
        name="code"
        required
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        inputMode={backup ? 'text' : 'numeric'}
        className="code-field"
        error={form.errors.code}
      />
      <label className="check">
        <input type="checkbox" name="trust" />
        {t('code.trust')}
      </label>
      <Problem>{form.problem}</Problem>
      <Button type="submit" look="primary" size="l" busy={form.busy}>
        {t('code.act')}
      </Button>
      <p className="note">
        <Button
          className="link"
          onClick={() => {
            form.reset()
            setBackup(!backup)
          }}
        >
          {t(backup ? 'code.useApp' : 'code.useBackup')}
        </Button>{' '}
        ·{' '}
        <Button className="link" onClick={onAgain}>
          {t('code.again')}
        </Button>
      </p>
    </form>
  )
}
