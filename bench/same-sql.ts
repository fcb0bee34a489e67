import pg from 'pg'

export type Recorded = { name?: string; text: string; values: unknown[] }

/**
 * Runs `work` and records every statement that any connection of this process sends meanwhile. Nothing else may run.
 * The statements are the server's own, so that the bare run sends the same SQL and not somebody's idea of it.
 */
export async function record(work: () => Promise<void>): Promise<Recorded[]> {
  const statements: Recorded[] = []
  const { query } = pg.Client.prototype
  // biome-ignore lint/suspicious/noExplicitAny: stands in for all overloads of the driver's query.
  pg.Client.prototype.query = function (this: pg.Client, ...given: any[]): any {
    const [first, values] = given
    if (typeof first === 'string') statements.push({ text: first, values: values ?? [] })
    else statements.push({ name: first.name, text: first.text, values: first.values ?? [] })
    return Reflect.apply(query, this, given)
  }
  try {
    await work()
  } finally {
    pg.Client.prototype.query = query
  }
  return statements
}

/**
 * Replays recorded statements over and over on one connection, with other ids in place of the recorded ones.
 * @param replace what stands in for a recorded text of a parameter; asked once for every parameter
 */
export async function replay(
  client: pg.ClientBase,
  statements: Recorded[],
  replace: (value: unknown) => unknown,
): Promise<void> {
  for (const statement of statements) {
    const { text, values, name } = statement
    // Statements without parameters carry their ids in the text.
    if (values.length === 0) await client.query(replace(text) as string)
    else await client.query({ ...(name ? { name } : {}), text, values: values.map(replace) })
  }
}
