import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const NONCE = 12
const TAG = 16

/** A key for one purpose, made from the secret of the instance (HKDF, RFC 5869). */
export const keyFor = (secret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, 'groundwork', purpose, 32))

/**
 * Text that can only be read with the instance's secret: nonce, tag and ciphertext of AES-256-GCM.
 * @param owner what it belongs to; sealed text of another owner does not open
 */
export function seal(secret: string, owner: string, text: string): Buffer {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', keyFor(secret, 'sealed secrets'), nonce).setAAD(
    Buffer.from(owner),
  )
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

/** @throws Error when it was changed, sealed for another owner, or under another secret */
export function unseal(secret: string, owner: string, sealed: Buffer): string {
  const decipher = createDecipheriv(
    'aes-256-gcm',
    keyFor(secret, 'sealed secrets'),
    sealed.subarray(0, NONCE),
    { authTagLength: TAG },
  )
  decipher.setAAD(Buffer.from(owner)).setAuthTag(sealed.subarray(NONCE, NONCE + TAG))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]).toString('utf8')
  } catch {
    throw new Error(
      'A secret cannot be read: GROUNDWORK_SECRET has changed since it was kept. Give it again.',
    )
  }
}
