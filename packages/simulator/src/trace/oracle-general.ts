import type { Block } from "../traffic.ts"
import type { BadLines } from "./bad-lines.ts"
import { joined } from "./bytes.ts"
import { Requests } from "./requests.ts"

/** Bytes of a record. */
const LENGTH = 24

/**
 * The binary traces of libCacheSim: little-endian records of a time in 4 bytes, an object in 8, its
 * size in 4, and the time of its next request in 8, of which key and size are read.
 */
export async function* oracleGeneral(
  bytes: AsyncIterable<Uint8Array>,
  bad: BadLines,
): AsyncGenerator<Block> {
  const requests = new Requests()
  let records = 0
  let rest: Uint8Array = new Uint8Array(0)
  for await (const chunk of bytes) {
    const data = joined(rest, chunk)
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
    let at = 0
    for (; at + LENGTH <= data.length; at += LENGTH) {
      const low = view.getUint32(at + 4, true)
      const small = low < 2 ** 31 && view.getUint32(at + 8, true) === 0
      const key = small ? low : String(view.getBigUint64(at + 4, true))
      requests.add(key, view.getUint32(at + 12, true))
      records++
      if (requests.enough) yield requests.take()
    }
    rest = data.slice(at)
  }
  if (rest.length > 0) {
    bad.add(records + 1, `has ${rest.length} bytes instead of ${LENGTH}`, "")
  }
  yield requests.take()
}
