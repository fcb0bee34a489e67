import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'

/** Keys for one purpose each, made from the secret of the instance (HKDF, RFC 5869). */
const keyFor = (secret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, 'groundwork', purpose, 32))

const NONCE = 12
const TAG = 16

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
      'The secret cannot be read: GROUNDWORK_SECRET has changed since it was kept. Add the destination again.',
    )
  }
}

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
