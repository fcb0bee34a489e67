import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { keyFor } from '../../platform/index.ts'

export type SigningKey = { privateKey: KeyObject; publicKey: string; keyId: string }

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The Ed25519 key with which this instance signs exports; the same as long as its secret is. */
export function signingKey(secret: string): SigningKey {
  const der = Buffer.concat([PKCS8, keyFor(secret, 'export signatures')])
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey)
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  return {
    privateKey,
    publicKey: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    keyId: createHash('sha256').update(spki).digest('hex').slice(0, 16),
  }
}
