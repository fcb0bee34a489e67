import { CircleAlert } from 'lucide-react'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { useTranslation } from '../i18n/react.ts'

/** What a control inside a field must carry so that its label, hint and error belong to it. */
export type ControlProps = {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

export type FieldProps = {
  label: ReactNode
  hint?: ReactNode
  /** What is wrong, and how to mend it; shown beside the field and read out with it. */
  error?: string | undefined
  optional?: boolean
  /** To the right of the label, such as a link. */
  aside?: ReactNode
  className?: string | undefined
}

/** A labelled control. The child gets the attributes that tie it to label, hint and error. */
export function Field({
  label,
  hint,
  error,
  optional,
  aside,
  className,
  children,
}: FieldProps & { children: (control: ControlProps) => ReactNode }) {
  const id = useId()
  const { t } = useTranslation()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className={className ? `field ${className}` : 'field'}>
      <div className="top">
        <label htmlFor={id}>{label}</label>
        {aside ?? (optional && <span className="opt">{t('field.optional')}</span>)}
      </div>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="error" id={`${id}-error`} role="alert">
          <CircleAlert className="icon" />
          {error}
        </p>
      )}
    </div>
  )
}

type Of<T extends 'input' | 'textarea' | 'select'> = FieldProps &
  Omit<ComponentProps<T>, keyof FieldProps | 'id'>

export function TextField({ label, hint, error, optional, aside, className, ...input }: Of<'input'>) {
  return (
    <Field {...fieldProps({ label, hint, error, optional, aside, className })}>
      {(control) => <input className="input" {...input} {...control} />}
    </Field>
  )
}

export function TextareaField({ label, hint, error, optional, aside, className, ...input }: Of<'textarea'>) {
  return (
    <Field {...fieldProps({ label, hint, error, optional, aside, className })}>
      {(control) => <textarea {...input} {...control} />}
    </Field>
  )
}

export function SelectField({ label, hint, error, optional, aside, className, ...input }: Of<'select'>) {
  return (
    <Field {...fieldProps({ label, hint, error, optional, aside, className })}>
      {(control) => <select className="input" {...input} {...control} />}
    </Field>
  )
}

/** Drops what was not given; `optional: undefined` is not the same as leaving it out under exact optional types. */
function fieldProps(props: { [K in keyof FieldProps]: FieldProps[K] | undefined }): FieldProps {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as FieldProps
}
