import type { DatasheetFacts } from './datasheet.ts'

/**
 * How a set came about in the terms of Croissant's vocabulary for responsible AI (http://mlcommons.org/croissant/RAI/1.0), from what its datasheet knows. What is
 * not known has no property.
 */
export function responsibleAi(facts: DatasheetFacts): Record<string, string> {
  const { people, pay, agreement, guidelineVersions, rows } = facts
  const levels = Object.entries(people?.byLevel ?? {}).sort(([left], [right]) => (left < right ? -1 : 1))
  const protocol = [
    guidelineVersions &&
      guidelineVersions.length > 0 &&
      `Guideline versions ${guidelineVersions.join(', ')}.`,
    pay && `Promised pay: ${pay.promisedHourly} an hour.`,
    pay?.trueHourly && `Pay over all active time: ${pay.trueHourly} an hour.`,
  ]
  const known: Record<string, string | false | undefined> = {
    dataCollection: facts.purpose,
    dataCollectionType: people && 'Manual Human Curator',
    dataCollectionTimeframe:
      facts.collectedFrom && [facts.collectedFrom, facts.collectedUntil].filter(Boolean).join('/'),
    dataAnnotationPlatform: people && 'Groundwork',
    dataAnnotationProtocol: protocol.filter(Boolean).join(' '),
    dataAnnotationAnalysis: agreement && `${agreement.measure} ${agreement.value.toFixed(3)}.`,
    annotatorDemographics:
      people &&
      `${people.total} people${levels.length > 0 ? ` (${levels.map(([level, count]) => `${count} ${level}`).join(', ')})` : ''}.`,
    machineAnnotationTools: facts.aiPolicy,
    dataPreprocessingProtocol: facts.preprocessing,
    dataLimitations:
      people &&
      'Judgments are opinions of people under the instructions that they were given, not facts about the world.',
    dataManipulationProtocol:
      rows && `${rows.kept} of ${rows.considered} rows that were considered; the manifest has the reasons.`,
    dataReleaseMaintenancePlan: facts.maintainer,
  }
  return Object.fromEntries(
    Object.entries(known).flatMap(([name, value]) => (value ? [[`rai:${name}`, value]] : [])),
  )
}
