export { textCell } from './csv-rules.ts'
export { payoutRoutes } from './payout-routes.ts'
