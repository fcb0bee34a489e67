import { createStore } from '../store.ts'

/** A message that has to come onto the screen, by its target (`a:0`); each request is an object of its own. */
export const wantedTarget = createStore<{ target: string } | null>(null)

/** Brings the response of a message onto the screen where another one is shown in its place. */
export const showTarget = (target: string): void => wantedTarget.set({ target })

/** The response that a target is of; undefined for the conversation. */
export const responseOf = (target: string): string => target.slice(0, target.lastIndexOf(':'))
