/** Who makes a request, as found out from the session cookie or the API key. */
export type Caller = {
  userId: string
  name: string
  email: string
  operator: boolean
  /** Has a trainer profile. */
  trainer: boolean
  via: 'session' | 'api_key'
  /** What the key may do; a session may write. */
  scope: 'read' | 'write'
  /** Set when an API key is limited to one organization. */
  organizationId: string | null
  /** Set when an API key is limited to one project of that organization. */
  projectId: string | null
}

/** Finds the caller of a request by its headers; null when it carries no credentials or none that hold. */
export type Authenticate = (headers: Headers) => Promise<Caller | null>
