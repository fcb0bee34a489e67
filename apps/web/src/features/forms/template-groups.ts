import type { TemplateGroup } from '@groundwork/contract'

/** Headings of the gallery, in its order. */
export const templateGroups: readonly TemplateGroup[] = ['compare', 'grade', 'write', 'check', 'label']
