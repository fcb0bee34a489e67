import { useQuery } from '@tanstack/react-query'
import { templatesQuery } from './queries.ts'

/** The name of a template; its id until the list is there, and for templates that are no longer offered. */
export function useTemplateName(id: string): string {
  const { data } = useQuery(templatesQuery)
  return data?.items.find((template) => template.id === id)?.name ?? id
}
