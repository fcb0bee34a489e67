export { writeCoco } from './coco/write.ts'
export type { Row } from './container/records.ts'
export { canonicalJson } from './content/canonical-json.ts'
export { dedupeKey } from './content/pair.ts'
export type { ReadChoices } from './content/read-choices.ts'
export { type ConvertOptions, convert } from './convert.ts'
export { type Detected, detectFormat } from './detect-format.ts'
export { inBlocks } from './export/blocks.ts'
export { buildCard, type CardInput, type Feature, sizeCategory } from './export/card.ts'
export { buildCroissant, type CroissantInput } from './export/croissant.ts'
export { buildDatasheet, type DatasheetFacts } from './export/datasheet.ts'
export { featuresOf, preferenceFeatures, type SavedImages, tableFeatures } from './export/features.ts'
export { jsonLine, rowFloats } from './export/json-line.ts'
export { buildManifest, type FileEntry, fileDigest, type ManifestInput } from './export/manifest.ts'
export { type Block, type Split, see, seeColumns, type WriteReport, type Written } from './export/report.ts'
export { splitOf } from './export/split.ts'
export { imageUsage, usageOf } from './export/usage.ts'
export { type FaultCode, FormatError, faultCodes, RowFault } from './faults.ts'
export type { Annotation, Feedback, Provenance, Verdict } from './feedback/feedback.ts'
export { carriesImages, hasImagesColumn } from './feedback/images.ts'
export { defaultWriteOptions, type Out, type RowAbout, type WriteOptions } from './feedback/out.ts'
export { type Preference, preferencesOf } from './feedback/preferences.ts'
export { labelStudioConfig } from './label-studio/config.ts'
export { llamaFactoryDatasetInfo } from './llama-factory/write.ts'
export { type FieldMap, formatMap, parseMap } from './pairs/field-map.ts'
export type { LocalFile } from './parquet/read.ts'
export { type Preview, previewSource, previewTasks } from './preview-tasks.ts'
export { ailuminateHazards } from './prompt-lists/ailuminate-hazards.ts'
export { RAW_VERSION, type RawRow, writeRaw } from './raw/write.ts'
export { readFormats, type TaskFormat } from './read-formats.ts'
export {
  DEFAULT_RECORD_BYTES,
  type NoteItem,
  type ReadItem,
  type ReadOptions,
  type RejectedItem,
  readTasks,
  type SourceItem,
  type TaskItem,
} from './read-tasks.ts'
export { type SaveOptions, saveWritten } from './save/save.ts'
export { type SavedAs, savedAs } from './save/saved-as.ts'
export {
  type DecidedTask,
  type PreferenceDrop,
  type PreferenceOptions,
  type PreferenceRow,
  preferenceRow,
  writeTrlPreference,
} from './trl-preference/write.ts'
export { CHAIN_START, rowHash } from './verify/row-hash.ts'
export { type Verified, verifyFolder } from './verify/verify-folder.ts'
export { writeFeedback } from './write-feedback.ts'
export { type WriteFormat, writers } from './write-formats.ts'
