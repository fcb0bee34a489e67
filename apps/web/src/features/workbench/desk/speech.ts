import { createPersonalValue } from '../../../ui/personal.ts'

/** Reading aloud: whether it is offered, and how fast it is (1: the voice's own speed). Off until the person wants it. */
export const speech = createPersonalValue<{ on: boolean; rate: number }>('speech', { on: false, rate: 1 })

/** Whether this browser can read aloud at all. */
export const canSpeak = (): boolean => typeof window !== 'undefined' && 'speechSynthesis' in window
