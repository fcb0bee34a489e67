/** How sources are read where their own files leave a choice. What is not said is read as the comments say. */
export type ReadChoices = {
  /**
   * The buckets of a Label Studio ranker, best first; `_` stands for what is in none. Default `best`, `_`, `worst`; without `_`, items in no bucket
   * are not ranked.
   */
  buckets?: readonly string[] | undefined
  /** Which field each span question of Argilla marks. Without it, a question marks the only field in which its spans fit. */
  spanFields?: Readonly<Record<string, string>> | undefined
  /** `first`, the default: battles of an arena whose vote came after more than one exchange are refused. `whole`: answers may be many messages long. */
  battles?: 'first' | 'whole' | undefined
  /** Whether tasks come with the record from which they were read, as `provenance`. It takes as much memory again as the task. */
  keepSource?: boolean | undefined
}
