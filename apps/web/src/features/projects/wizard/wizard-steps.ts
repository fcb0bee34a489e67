export const wizardSteps = ['template', 'data', 'guideline', 'audience', 'launch'] as const
export type WizardStep = (typeof wizardSteps)[number]
