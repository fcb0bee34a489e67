export { deliverDue, webhooksPeriodic } from './deliver-webhooks.ts'
export { webhookEvents, webhookJobs } from './webhook-events.ts'
export { webhookRoutes } from './webhook-routes.ts'
