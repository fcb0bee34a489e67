/** What is known about how a set came about. Every fact may be missing; the datasheet then says that it is not recorded. */
export type DatasheetFacts = {
  title: string
  purpose?: string
  rows?: { kept: number; considered: number }
  languages?: readonly string[]
  collectedFrom?: string
  collectedUntil?: string
  /** How many people judged, and how many of them by level of expertise. */
  people?: { total: number; byLevel: Readonly<Record<string, number>> }
  /** Amounts with their currency, such as `30.00 USD`. */
  pay?: { promisedHourly: string; trueHourly?: string }
  /** Agreement between people: its measure, and its value from −1 to 1. */
  agreement?: { measure: string; value: number }
  guidelineVersions?: readonly number[]
  /** Whether and how people were allowed to use AI. */
  aiPolicy?: string
  preprocessing?: string
  license?: string
  maintainer?: string
}

/** A datasheet (after Gebru et al., "Datasheets for Datasets", 2018) as Markdown: its seven sections, filled with what the project knows. */
export function buildDatasheet(facts: DatasheetFacts): string {
  const { rows, people, pay, agreement } = facts
  const levels = people && Object.entries(people.byLevel).sort(([left], [right]) => (left < right ? -1 : 1))
  const sections: [string, [string, string | undefined][]][] = [
    ['Motivation', [['For what was it made?', facts.purpose]]],
    [
      'Composition',
      [
        [
          'How many rows?',
          rows && `${rows.kept} of ${rows.considered} that were considered; the manifest has the reasons.`,
        ],
        ['Which languages?', facts.languages?.join(', ')],
      ],
    ],
    [
      'Collection',
      [
        ['When?', period(facts)],
        [
          'Who judged?',
          people &&
            `${people.total} people${levels && levels.length > 0 ? ` (${levels.map(([level, n]) => `${n} ${level}`).join(', ')})` : ''}.`,
        ],
        [
          'How were they paid?',
          pay &&
            `Promised: ${pay.promisedHourly} an hour.${pay.trueHourly === undefined ? '' : ` Over all active time: ${pay.trueHourly} an hour.`}`,
        ],
        [
          'By which instructions?',
          facts.guidelineVersions && `Guideline versions ${facts.guidelineVersions.join(', ')}.`,
        ],
        ['Might they use AI?', facts.aiPolicy],
        ['How far did they agree?', agreement && `${agreement.measure} ${agreement.value.toFixed(3)}.`],
      ],
    ],
    ['Preprocessing', [['What was done to the judgments?', facts.preprocessing]]],
    [
      'Uses',
      [
        [
          'For what is it not fit?',
          'Judgments are opinions of the people above under the instructions above, not facts about the world.',
        ],
      ],
    ],
    ['Distribution', [['Under which licence?', facts.license]]],
    ['Maintenance', [['Who answers questions?', facts.maintainer]]],
  ]
  const body = sections.map(([heading, answers]) => {
    const lines = answers.map(([asked, answer]) => `**${asked}** ${answer || 'Not recorded.'}`)
    return `## ${heading}\n\n${lines.join('\n\n')}\n`
  })
  return `# Datasheet: ${facts.title.replace(/\s+/g, ' ')}\n\n${body.join('\n')}`
}

function period({ collectedFrom, collectedUntil }: DatasheetFacts): string | undefined {
  if (collectedFrom === undefined) return undefined
  return collectedUntil === undefined ? `From ${collectedFrom}.` : `${collectedFrom} to ${collectedUntil}.`
}
