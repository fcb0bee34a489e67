/**
 * Truth inference, agreement, preference ranking, reliability and adaptive overlap: arrays in, numbers out.
 * This file is the package's only door.
 */
export { type Agreement, agreement } from './agreement/agreement.ts'
export {
  type AgreementOptions,
  fleissKappa,
  gwetAc1,
  gwetAc2,
  krippendorffAlpha,
  percentAgreement,
} from './agreement/coefficients.ts'
export type { Estimate } from './agreement/jackknife.ts'
export { cohenKappa, type PairOptions, scottPi, sharedLabels } from './agreement/pairs.ts'
export type { AgreementWeights, Scale } from './agreement/weights.ts'
export { ConsensusError, type ConsensusErrorCode } from './errors.ts'
export {
  inferWithJudges,
  type JudgedInference,
  type JudgeOptions,
  type JudgeReport,
} from './judges/judges.ts'
export { type PredictionPowered, predictionPoweredMean } from './judges/prediction-powered.ts'
export {
  GoldCsvParser,
  type LabelsCsvOptions,
  LabelsCsvParser,
  parseGoldCsv,
  parseLabelsCsv,
} from './labels/csv.ts'
export { CsvError, type CsvProblem } from './labels/csv-line.ts'
export { type Gold, goldFor } from './labels/gold.ts'
export type { Ids } from './labels/ids.ts'
export {
  type DuplicatePolicy,
  type DuplicateReport,
  type LabelColumns,
  type LabelRow,
  type Labels,
  type LabelsOptions,
  labelsFromColumns,
  labelsFromRows,
} from './labels/labels.ts'
export { type CrowdModel, type CrowdModelOptions, crowdModel } from './overlap/crowd-model.ts'
export {
  addJudgment,
  beginTask,
  type DecideOptions,
  type Decision,
  decide,
  expectedInformation,
  statePosterior,
  type TaskState,
} from './overlap/decide.ts'
export { type Replay, type ReplayOptions, replayOverlap } from './overlap/replay.ts'
export {
  type BradleyTerryOptions,
  bradleyTerry,
  type Effect,
  type Ratings,
} from './preference/bradley-terry.ts'
export {
  type ComparisonRow,
  type Comparisons,
  type Connectivity,
  comparisonsFromRows,
  connectivity,
  type Outcome,
} from './preference/comparisons.ts'
export {
  type CrowdBradleyTerryOptions,
  type CrowdRatings,
  crowdBradleyTerry,
} from './preference/crowd-bt.ts'
export type { TieModel } from './preference/pair-model.ts'
export {
  type DriftResult,
  type DropMonitor,
  driftTest,
  dropMonitor,
  type FatigueResult,
  fatigueTest,
  holmAdjusted,
  observeOutcome,
  type TestOptions,
} from './reliability/drift.ts'
export {
  type ConsensusCheck,
  consensusChecks,
  crowdSkillPrior,
  type Reliability,
  type ReliabilityOptions,
  reliabilityOf,
  type SkillEvidence,
} from './reliability/reliability.ts'
export {
  type Box,
  type BoxAnnotation,
  type BoxConsensus,
  boxConsensus,
  intersectionOverUnion,
  type MergedBox,
} from './strategies/boxes.ts'
export {
  type MultiChoiceConsensus,
  type MultiChoiceRow,
  multiChoiceConsensus,
  type StepConsensus,
  type StepRow,
  stepConsensus,
} from './strategies/choices.ts'
export {
  bordaCount,
  kendallTau,
  type PlackettLuce,
  plackettLuce,
  type Ranking,
  type RankingConsensus,
  rankingAgreement,
} from './strategies/rankings.ts'
export {
  type ScaleConsensus,
  type ScaleOptions,
  type ScaleRatings,
  scaleConsensus,
} from './strategies/scale.ts'
export {
  type MergedSpan,
  type Span,
  type SpanAnnotation,
  type SpanConsensus,
  spanConsensus,
} from './strategies/spans.ts'
export { type TextConsensus, textConsensus } from './strategies/texts.ts'
export { type AutoOptions, auto } from './truth/auto.ts'
export { bayesianOneCoin, classOneCoin } from './truth/bayesian-one-coin.ts'
export { type DawidSkeneOptions, dawidSkene, fastDawidSkene } from './truth/dawid-skene.ts'
export { type GladOptions, glad } from './truth/glad.ts'
export { hierarchicalDawidSkene } from './truth/hierarchical.ts'
export { type InferOptions, infer } from './truth/infer.ts'
export { kos } from './truth/kos.ts'
export { mMsr } from './truth/m-msr.ts'
export { type MaceOptions, mace } from './truth/mace.ts'
export { majorityVote, type WeightedVoteOptions, wawa, zeroBasedSkill } from './truth/majority.ts'
export { type OneCoinOptions, oneCoin } from './truth/one-coin.ts'
export { ebcc, oneCoinDifficulty, type SubtypeOptions } from './truth/subtypes.ts'
export {
  type CommonOptions,
  type Inference,
  type Method,
  methods,
  type WorkerEstimates,
} from './truth/types.ts'
