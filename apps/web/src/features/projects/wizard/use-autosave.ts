import type { Audience, Project } from '@groundwork/contract'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { client } from '../../../api/client.ts'
import { fieldErrors } from '../../../api/error-text.ts'
import type { PayDraft } from '../pricing.ts'
import { keepProject } from '../queries.ts'
import { useOnLeave } from './use-on-leave.ts'

export type Terms = { audience: Audience; pay: PayDraft; overlap: number; reviewWindowDays: number }

const REST_MS = 800

/** Saves the terms of a draft when the typing rests or the step is left, and at once on `flush`. */
export function useAutosave(project: Project, terms: Terms, valid: boolean) {
  const text = JSON.stringify(terms)
  const saved = useRef(text)
  const save = useMutation({
    mutationFn: async (body: string) => {
      const changed = await client.updateProject({
        params: { id: project.id },
        body: termsIn(body),
      })
      saved.current = body
      keepProject(changed)
    },
    // One after the other: a later text must not be overtaken by an earlier one.
    scope: { id: `terms ${project.id}` },
  })
  const { mutate } = save
  useEffect(() => {
    if (!valid || text === saved.current) return
    const timer = setTimeout(() => mutate(text), REST_MS)
    return () => clearTimeout(timer)
  }, [text, valid, mutate])
  useOnLeave(() => {
    if (valid && text !== saved.current) mutate(text)
  })
  return {
    isSaving: save.isPending,
    error: save.error,
    errors: fieldErrors(save.error),
    async flush() {
      if (text !== saved.current) await save.mutateAsync(text)
    },
  }
}

function termsIn(text: string): Terms {
  const terms = JSON.parse(text) as Terms
  return { ...terms, pay: { ...terms.pay, hourly: terms.pay.hourly.trim() } }
}
