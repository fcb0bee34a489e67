/**
 * Does something with every item and gives the results in their order. Of work that takes time up to `most` pieces are under way at
 * once; what is there at once is passed on without waiting.
 */
export async function* readAhead<T, R>(
  items: AsyncIterable<T>,
  most: number,
  work: (item: T) => R | Promise<R>,
): AsyncGenerator<R> {
  const waiting: Promise<R>[] = []
  for await (const item of items) {
    const made = work(item)
    if (waiting.length === 0 && !(made instanceof Promise)) {
      yield made
      continue
    }
    const promise = Promise.resolve(made)
    // Whoever takes its turn gets the error; until then it is nobody's.
    promise.catch(() => {})
    waiting.push(promise)
    if (waiting.length >= most) yield await (waiting.shift() as Promise<R>)
  }
  for (let next = waiting.shift(); next; next = waiting.shift()) yield await next
}
