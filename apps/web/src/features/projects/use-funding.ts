import type { Money, Project } from '@groundwork/contract'
import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { client } from '../../api/client.ts'
import { refreshProject } from './queries.ts'

/** Funds a project. A repeated try after a broken connection carries the same key, so the money moves once. */
export function useFunding(project: Project) {
  const attempt = useRef<{ amount: string; key: string } | null>(null)
  return useMutation({
    mutationFn: (amount: Money) => {
      const id = `${amount.amount} ${amount.currency}`
      if (attempt.current?.amount !== id) attempt.current = { amount: id, key: crypto.randomUUID() }
      return client.fundProject({
        params: { id: project.id },
        body: { amount },
        idempotencyKey: attempt.current.key,
      })
    },
    onSuccess: () => {
      attempt.current = null
      return refreshProject(project.id)
    },
  })
}
