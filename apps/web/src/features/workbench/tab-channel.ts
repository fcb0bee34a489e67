import type { Answer } from '@groundwork/contract'

/** What the tabs of one person in one browser tell each other. */
export type TabMessage =
  | { kind: 'saved'; assignmentId: string; answer: Answer; savedAt: string }
  /** Typed and not at the server yet; `settled`: chosen among two versions. */
  | { kind: 'edited'; assignmentId: string; answer: Answer; settled?: boolean }
  | { kind: 'submitted'; assignmentId: string }

export type TabChannel = { send: (message: TabMessage) => void; close: () => void }

/** Joins the tabs of a person; a browser that cannot do it leaves the tabs to what the server says. */
export function openTabChannel(userId: string, hear: (message: TabMessage) => void): TabChannel {
  if (typeof BroadcastChannel === 'undefined') return { send: () => {}, close: () => {} }
  const channel = new BroadcastChannel(`groundwork.work.${userId}`)
  channel.onmessage = ({ data }) => hear(data as TabMessage)
  return { send: (message) => channel.postMessage(message), close: () => channel.close() }
}
