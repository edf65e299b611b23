/**
 * Calls `use` where 0, 1, 2 … `most` calls of a small function still fit on the stack, one after the
 * other on one way back from its end; that may be too few for `use` itself. By `shift` words, less
 * of the last one is left. Before all that it is called once where there is room, with `most + 1`.
 *
 * @returns What it has thrown beside the error that says so.
 */
export function nearTheEnd(most: number, shift: number, use: (left: number) => void): unknown[] {
  const thrown: unknown[] = []
  let risen = 0
  // A function that called itself would be inlined when it is compiled, and leave next to no room.
  const stack: object = new Proxy({}, { get: sink })
  function sink(): void {
    try {
      Reflect.get(stack, "deeper")
    } catch {
      // It is full.
    }
    if (risen > most) return
    try {
      use(risen++)
    } catch (error) {
      // A loader of modules that catches all gives `undefined` for what is imported.
      if (error instanceof RangeError || error instanceof TypeError) return
      thrown[thrown.length] = error
    }
  }
  // What has never run would have to be compiled, and there is no room for that.
  use(most + 1)
  Reflect.apply(sink, undefined, new Array(shift).fill(undefined))
  return thrown
}
