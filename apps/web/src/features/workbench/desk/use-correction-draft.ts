import { ApiError } from '@groundwork/client'
import type { Answer, Correction, Draft } from '@groundwork/contract'
import { useEffect, useRef, useState } from 'react'
import { client } from '../../../api/client.ts'
import { browserStorage } from '../../../ui/storage.ts'
import { ActiveTimeMeter } from '../active-time.ts'
import { DraftSaver, type SaveState } from '../draft-saver.ts'
import { chooseDraft, type LocalDraft, localDrafts } from '../local-drafts.ts'
import { conflictOf } from '../refusals.ts'
import { sameAnswer } from '../same-answer.ts'
import { signsOfLife } from '../signs-of-life.ts'
import type { OtherVersion } from '../workbench-state.ts'
import { correctionPlace } from './correct-instead.ts'

type State = {
  answer: Answer
  save: SaveState
  conflict?: OtherVersion | undefined
  /** The judgment that stands now: this one was corrected elsewhere. */
  standing?: string | undefined
}

/** What a correction may do with its answer. */
export type CorrectionDraft = State & {
  change: (answer: Answer) => void
  choose: (version: 'mine' | 'theirs') => void
  /** Sends the correction. @throws what `correctJudgment` throws; the answer is kept then */
  submit: (answer: Answer, key: string) => ReturnType<typeof client.correctJudgment>
}

/** The answer as it is being corrected: kept in this browser and at the server like the draft of a task, with the same choice between versions. */
export function useCorrectionDraft(userId: string, correction: Correction): CorrectionDraft {
  const { judgment, draft, correctable } = correction
  const place = correctionPlace(judgment.id)
  const [kept] = useState(() => localDrafts(browserStorage(), userId))
  const [begun] = useState(() => {
    const stored: Draft | null = draft && { ...draft, activeMs: 0 }
    const chosen = chooseDraft(kept.get(place), stored)
    const isNew = Object.keys(chosen.answer).length === 0 && !chosen.unsent
    return { ...chosen, answer: isNew ? judgment.answer : chosen.answer, stored }
  })
  const [state, setState] = useState<State>({
    answer: begun.answer,
    save: { kind: draft ? 'saved' : 'untouched', at: draft ? Date.parse(draft.savedAt) : null },
  })
  const set = useRef((change: Partial<State>) => setState((now) => ({ ...now, ...change }))).current
  const saver = useRef<DraftSaver>(null)
  const meter = useRef<ActiveTimeMeter>(null)

  const noteStanding = (error: unknown) => {
    const { standing } = (error instanceof ApiError ? (error.details ?? {}) : {}) as { standing?: string }
    if (standing) set({ standing })
    return error
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: one page, one correction.
  useEffect(() => {
    if (!correctable) return
    const clock = new ActiveTimeMeter(performance.now(), { visible: document.visibilityState === 'visible' })
    const now = async () => ({
      savedAt: new Date().toISOString(),
      expiresAt: new Date().toISOString(),
      activeMs: 0,
    })
    const made = new DraftSaver({
      client: {
        async saveDraft({ body, keepalive }) {
          try {
            const { savedAt } = await client.saveCorrectionDraft({
              params: { id: judgment.id },
              body: { answer: body.answer, basedOn: body.basedOn },
              ...(keepalive !== undefined && { keepalive }),
            })
            return { savedAt, expiresAt: savedAt, activeMs: 0 }
          } catch (error) {
            throw noteStanding(error)
          }
        },
        heartbeat: now,
        showAssignment: now,
      },
      drafts: kept,
      assignment: { id: judgment.id, epoch: 1, draft: begun.stored, task: { id: place } },
      answer: begun.answer,
      basedOn: begun.basedOn,
      meter: clock,
      onState: (save) => set({ save }),
      onLease: () => {},
      onSaved: () => {},
      onEdited: () => {},
      onLost: () => {},
      onConflict: (conflict) => set({ conflict }),
      onRefused: () => {},
    })
    saver.current = made
    meter.current = clock
    const offer = ([other]: LocalDraft[]) => {
      if (!other) return false
      const conflict = {
        answer: other.answer,
        activeMs: 0,
        savedAt: new Date(other.at).toISOString(),
        local: true,
      }
      made.face(conflict)
      set({ conflict })
      return true
    }
    if (!offer(kept.others(place, begun.answer)) && begun.unsent) made.change(begun.answer)
    const look = async () => {
      const { draft: stored } = await client.getCorrection({ params: { id: judgment.id } })
      if (stored && made.see({ ...stored, activeMs: 0 })) set({ answer: stored.answer })
    }
    const focus = () => void look().catch(() => undefined)
    const leave = () => void made.flush({ leaving: true })
    const stopSigns = signsOfLife({
      sign: () => clock.sign(performance.now()),
      visible: (visible) => {
        clock.setVisible(performance.now(), visible)
        if (visible) focus()
        else leave()
      },
    })
    window.addEventListener('focus', focus)
    window.addEventListener('pagehide', leave)
    return () => {
      stopSigns()
      window.removeEventListener('focus', focus)
      window.removeEventListener('pagehide', leave)
      leave()
      made.stop()
    }
  }, [])

  return {
    ...state,
    change(answer) {
      set({ answer })
      saver.current?.change(answer)
    },
    choose(version) {
      const { conflict } = state
      if (!conflict) return
      const answer = version === 'theirs' ? conflict.answer : state.answer
      set({ answer, conflict: undefined })
      if (conflict.local) {
        kept.drop(place, conflict.answer)
        saver.current?.settle(answer)
      } else if (version === 'theirs') saver.current?.adopt(answer, conflict.savedAt)
      else saver.current?.insist(conflict.savedAt)
    },
    async submit(answer, key) {
      const activeMs = meter.current?.read(performance.now()) ?? 0
      const send = (basedOn: string | null | undefined) =>
        client.correctJudgment({
          params: { id: judgment.id },
          body: { answer, activeMs, basedOn },
          idempotencyKey: key,
        })
      await saver.current?.flush()
      const done = await send(saver.current?.basedOn).catch((error: unknown) => {
        const newer = error instanceof ApiError ? conflictOf(error) : null
        // It may be this page's own, whose receipt was lost or overtaken.
        if (newer && saver.current?.unanswered.some((sent) => sameAnswer(sent, newer.answer)))
          return send(newer.savedAt)
        if (newer) saver.current?.face({ ...newer, activeMs: 0 })
        throw noteStanding(error)
      })
      saver.current?.stop()
      saver.current = null
      kept.forget(place, state.answer)
      return done
    },
  }
}
