/** Kinds of files in which rows are saved. */
export const savedAs = ['jsonl', 'json', 'csv', 'parquet'] as const
export type SavedAs = (typeof savedAs)[number]
