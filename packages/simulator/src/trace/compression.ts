import { joined, unsigned } from "./bytes.ts"
import { gunzip } from "./gzip.ts"
import { refuseOtherKinds, TELLING } from "./kinds.ts"
import { unzstd } from "./zstd.ts"

export type Compression = "gz" | "none" | "zst"

/**
 * What was compressed; how, its first bytes tell if it is not said.
 *
 * @throws {TraceError} `UNSUPPORTED` if it is no trace but a file of another kind; `DAMAGED` if it was
 * compressed, and not all of it is there as it was.
 */
export async function* decompressed(
  bytes: AsyncIterable<Uint8Array>,
  compression: Compression | undefined,
): AsyncGenerator<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]()
  try {
    const head = await firstOf(iterator)
    const whole = continued(head, iterator)
    switch (compression ?? compressionOf(head)) {
      case "gz":
        yield* decompressed(gunzip(whole), "none")
        break
      case "zst":
        yield* decompressed(unzstd(whole), "none")
        break
      default:
        refuseOtherKinds(head)
        yield* whole
    }
  } finally {
    await iterator.return?.()
  }
}

/** As many bytes as tell what it is, or more, or all that there are. */
async function firstOf(iterator: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array(0)
  while (head.length < TELLING) {
    const step = await iterator.next()
    if (step.done === true) break
    head = joined(head, step.value)
  }
  return head
}

async function* continued(
  head: Uint8Array,
  iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield head
  for (;;) {
    const step = await iterator.next()
    if (step.done === true) return
    yield step.value
  }
}

function compressionOf(head: Uint8Array): Compression {
  if (head.length < 4) return "none"
  const magic = unsigned(head, 0, 4)
  if ((magic & 0xffffff) === 0x088b1f) return "gz"
  // A frame, or one that is to be skipped.
  if (magic === 0xfd2fb528 || magic >>> 4 === 0x184d2a5) return "zst"
  return "none"
}
