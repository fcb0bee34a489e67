/** Whether a question counts as unanswered: absent, null, or a text of nothing but white space. */
export function isUnanswered(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}
