export { mistakenAnswer, randomAnswer } from './answers/random-answer.ts'
export { checkResults, type ResultCheck } from './check-results.ts'
export { enrolTrainer } from './enrol.ts'
export { type Random, seededRandom, seedOf } from './random.ts'
export { parseRecordedAnswers, type RecordedAnswers } from './recorded-answers.ts'
export {
  type SimulatedTrainer,
  type SimulationOptions,
  type SimulationReport,
  simulate,
  truthOf,
} from './simulate.ts'
export { type Act, act, type Behaviour, drawBehaviours, type Truth } from './synthetic-trainer.ts'
