export { type Audience, fitsAudience } from './audience-rules.ts'
export { matchAudience } from './match-audience.ts'
export { getTrainerProfile, saveTrainerProfile } from './profile-queries.ts'
export { trainerRoutes } from './trainer-routes.ts'
