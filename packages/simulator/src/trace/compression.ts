/// <reference types="node" />
import { pipeline } from "node:stream"
import { createGunzip } from "node:zlib"
import { Decompress } from "fzstd"

export type Compression = "gz" | "none" | "zst"

/** More at once could become too much: what is compressed best takes a ten-thousandth of its size. */
const SLICE = 4096

/** What was compressed; how, its first bytes tell if it is not said. */
export async function* decompressed(
  bytes: AsyncIterable<Uint8Array>,
  compression: Compression | undefined,
): AsyncGenerator<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]()
  const head = await firstOf(iterator)
  const whole = continued(head, iterator)
  switch (compression ?? compressionOf(head)) {
    case "gz":
      yield* pipeline(whole, createGunzip(), () => {})
      break
    case "zst":
      yield* unzstd(whole)
      break
    default:
      yield* whole
  }
}

/** The first four bytes, or more, or all that there are. */
async function firstOf(iterator: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array(0)
  while (head.length < 4) {
    const step = await iterator.next()
    if (step.done === true) break
    head = Buffer.concat([head, step.value])
  }
  return head
}

async function* continued(
  head: Uint8Array,
  iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield head
    for (;;) {
      const step = await iterator.next()
      if (step.done === true) return
      yield step.value
    }
  } finally {
    await iterator.return?.()
  }
}

function compressionOf(head: Uint8Array): Compression {
  if (head.length < 4) return "none"
  const magic = Buffer.from(head).readUInt32LE()
  if ((magic & 0xffffff) === 0x088b1f) return "gz"
  // A frame, or one that is to be skipped.
  if (magic === 0xfd2fb528 || magic >>> 4 === 0x184d2a5) return "zst"
  return "none"
}

/**
 * Node 20 cannot do this, and what later versions have (`createZstdDecompress`) drops what follows
 * the first of several frames, of which files from parallel compression consist.
 */
async function* unzstd(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let chunks: Uint8Array[] = []
  const stream = new Decompress((chunk) => chunks.push(chunk))
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += SLICE) {
      stream.push(chunk.subarray(at, at + SLICE))
      yield* chunks
      chunks = []
    }
  }
  stream.push(new Uint8Array(0), true)
  yield* chunks
}
