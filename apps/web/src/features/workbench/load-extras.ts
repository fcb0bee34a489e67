/** What opens over a task, and what says how it went: wanted a moment after the task itself, and best there before the connection is lost. */
export const loadExtras = () => import('./TaskExtras.tsx')
