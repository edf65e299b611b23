import type { Key, Trace } from "@evictionary/simulator"

/** Text or bytes as a stream of chunks that are cut at these places. */
export async function* stream(
  data: string | Uint8Array,
  cuts: readonly number[] = [],
): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(data)
  const places = cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b)
  let from = 0
  for (const to of [...places, bytes.length]) {
    yield bytes.subarray(from, to)
    from = to
  }
}

/** All that a trace has. */
export async function contentsOf(trace: Trace): Promise<{ keys: Key[]; sizes: number[] }> {
  const keys: Key[] = []
  const sizes: number[] = []
  for await (const block of trace) {
    keys.push(...block.keys)
    sizes.push(...(block.sizes ?? []))
  }
  return { keys, sizes }
}
