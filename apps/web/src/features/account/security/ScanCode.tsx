import { useMemo } from 'react'
import { encode } from 'uqr'
import { auth } from '../../../api/auth.ts'
import { useForm } from '../../../api/use-form.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { CopyText } from '../../../ui/CopyText.tsx'
import { TextField } from '../../../ui/Field.tsx'
import { focusOnMount } from '../../../ui/focus.ts'
import { Problem } from '../../../ui/Problem.tsx'

/** The secret for the authenticator app, as a picture and as text, and the first code as the proof that the app has it. */
export function ScanCode({ uri, onDone }: { uri: string; onDone: () => void }) {
  const { t } = useTranslation('account')
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  const form = useForm({
    send: (value) => auth.verifyCode({ code: value('code').replace(/\s/g, '') }),
    done: onDone,
  })
  return (
    <form className="form" {...form.props}>
      <p className="muted">{t('twoFactor.scan')}</p>
      <div className="two-factor-scan">
        <QrCode text={uri} label={t('twoFactor.qr')} />
        <CopyText label={t('twoFactor.secret')} text={secret} shown={secret.replace(/.{4}(?=.)/g, '$& ')} />
      </div>
      <TextField
        ref={focusOnMount}
        label={t('twoFactor.code')}
        name="code"
        required
        inputMode="numeric"
        autoComplete="one-time-code"
        className="account-code"
        error={form.errors.code}
      />
      <Problem>{form.problem}</Problem>
      <div>
        <Button type="submit" look="primary" busy={form.busy}>
          {t('twoFactor.prove')}
        </Button>
      </div>
    </form>
  )
}

/** Dark on light in both themes, since not every camera reads it the other way round. */
function QrCode({ text, label }: { text: string; label: string }) {
  const { size, data } = useMemo(() => encode(text, { ecc: 'M', border: 3 }), [text])
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : []))).join('')
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={path} />
    </svg>
  )
}
