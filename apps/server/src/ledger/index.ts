export { accountFor, balancesOf } from './account-queries.ts'
export { type Capture, placeHold, releaseHold, releaseHolds } from './hold-queries.ts'
export {
  moneyOfProjects,
  type ProjectMoney,
  projectMoney,
  type TrialBalanceRow,
  trialBalance,
} from './project-money-queries.ts'
export { type StatementFilters, type StatementRow, statementOf } from './statement-queries.ts'
export { captureHold, reverseTransfer, transfer } from './transfer.ts'
export { movePendingToAvailable, transferByKey } from './transfer-queries.ts'
