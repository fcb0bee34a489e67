import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef } from 'react'
import { i18n } from '../i18n/index.ts'
import { errorText, fieldErrors } from './error-text.ts'

/** The value of a control by its name; empty when there is none. */
export type FieldValue = (name: string) => string

/** What the form itself found, before anything was sent. */
class FormError extends Error {
  readonly fields: Record<string, string>
  constructor(fields: Record<string, string>) {
    super('The form is not complete.')
    this.fields = fields
  }
}

/**
 * A form that one call sends. Its controls carry the names of the call's fields, and `required`, `minLength` or `type="email"` say
 * what is wanted of them; errors come back by name, from the controls as from the server, and the first of them gets the focus.
 */
export function useForm<Answer>({
  send,
  done,
  check,
}: {
  send: (value: FieldValue) => Promise<Answer>
  done?: (answer: Answer) => unknown
  /** What the controls cannot say by themselves. */
  check?: (value: FieldValue) => Record<string, string>
}) {
  const ref = useRef<HTMLFormElement>(null)
  const mutation = useMutation({
    mutationFn: async (form: HTMLFormElement) => {
      const data = new FormData(form)
      const value: FieldValue = (name) => {
        const given = data.get(name)
        return typeof given === 'string' ? given : ''
      }
      const fields = { ...missingIn(form), ...check?.(value) }
      if (Object.keys(fields).length > 0) throw new FormError(fields)
      return send(value)
    },
    onSuccess: (answer) => done?.(answer),
  })
  const { error } = mutation
  useEffect(() => {
    if (error) ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [error])
  const errors = error instanceof FormError ? error.fields : fieldErrors(error)
  return {
    /** Put them on the `<form>`. */
    props: {
      ref,
      noValidate: true,
      onSubmit: (event: FormEvent<HTMLFormElement>) => {
        event.preventDefault()
        if (!mutation.isPending) mutation.mutate(event.currentTarget)
      },
    },
    /** Messages by the names of the controls. */
    errors,
    /** What belongs to no control: beside the button. */
    problem: error && !hasControl(ref.current, errors) ? errorText(error) : undefined,
    busy: mutation.isPending,
    answer: mutation.data,
    reset: mutation.reset,
  }
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

function hasControl(form: HTMLFormElement | null, errors: Record<string, string>): boolean {
  return Object.keys(errors).some((name) => form?.elements.namedItem(name))
}

function missingIn(form: HTMLFormElement): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const control of form.elements as HTMLCollectionOf<Control>) {
    const text = control.name && 'validity' in control ? wrongWith(control) : undefined
    if (text) fields[control.name] ??= text
  }
  return fields
}

function wrongWith(control: Control): string | undefined {
  const value = control.type === 'password' ? control.value : control.value.trim()
  if (control.required && value === '') return i18n.t('form.required')
  if (control.validity.typeMismatch) return i18n.t('form.email')
  // Browsers count a value as too short only when it was typed.
  const least = 'minLength' in control ? control.minLength : -1
  if (value !== '' && value.length < least) return i18n.t('form.tooShort', { count: least })
  return undefined
}
