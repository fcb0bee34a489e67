/** What was chosen cannot be imported; the message is for the person. */
export class SourceError extends Error {}
