/** How sources are read where their own files leave a choice. What is not said is read as the comments say. */
export type ReadChoices = {
  /**
   * The buckets of a Label Studio ranker, best first; `_` stands for what is in none. Default `best`, `_`, `worst`; without `_`, items in no bucket
   * are not ranked.
   */
  buckets?: readonly string[] | undefined
  /** Which field each span question of Argilla marks. Without it, a question marks the only field in which its spans fit. */
  spanFields?: Readonly<Record<string, string>> | undefined
}
