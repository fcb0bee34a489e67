import { Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { useTranslation } from '../i18n/react.ts'
import { Button } from './Button.tsx'
import { Field, type FieldProps } from './Field.tsx'

/** A password that can be looked at while it is typed. */
export function PasswordField({
  label,
  hint,
  error,
  aside,
  ...input
}: Pick<FieldProps, 'label' | 'hint' | 'error' | 'aside'> & ComponentProps<'input'>) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(false)
  return (
    <Field label={label} hint={hint} error={error} aside={aside}>
      {(control) => (
        <div className="input-unit password">
          <input
            className="input"
            {...input}
            {...control}
            type={shown ? 'text' : 'password'}
            spellCheck={false}
            autoCapitalize="none"
          />
          <Button
            look="quiet"
            iconOnly
            aria-label={t('auth.showPassword')}
            aria-pressed={shown}
            title={t(shown ? 'auth.hidePassword' : 'auth.showPassword')}
            onClick={() => setShown(!shown)}
          >
            {shown ? <EyeOff className="icon" /> : <Eye className="icon" />}
          </Button>
        </div>
      )}
    </Field>
  )
}
