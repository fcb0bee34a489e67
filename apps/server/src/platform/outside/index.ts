export { type AllowedNetworks, allowNetworks } from './networks.ts'
export { OutsideError, refusedUrl, sendOutside } from './send-outside.ts'
