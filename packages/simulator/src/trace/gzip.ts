import {
  Z_BUF_ERROR,
  Z_NO_FLUSH,
  Z_OK,
  Z_STREAM_END,
  ZStream,
  zlibInflate,
  zlibInflateInit2,
  zlibInflateReset,
} from "pako"
import { damaged } from "./trace-error.ts"

/** A window of 32 kB, the largest that there is, in the wrapping of gzip. */
const GZIP = 15 + 16

/** What a member begins with. */
const MAGIC = 0x1f

/** So much is made room for at once. */
const ROOM = 2 ** 16

/**
 * What was compressed with gzip, in any number of members, of which logs consist that were appended
 * to each other, and files from parallel compression. Zeros may fill what is left of the last block.
 *
 * What platforms have, `DecompressionStream`, is for one member, and does not tell where it ends.
 *
 * @throws {TraceError} `DAMAGED` if a checksum is wrong, if it is cut short, or if something else
 * follows.
 */
export async function* gunzip(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const stream = new ZStream()
  zlibInflateInit2(stream, GZIP)
  let within = true
  for await (const chunk of bytes) {
    stream.input = chunk
    stream.next_in = 0
    stream.avail_in = chunk.length
    for (let filled = false; stream.avail_in > 0 || filled; ) {
      if (!within) {
        if (!beginsAnother(stream)) break
        zlibInflateReset(stream)
        within = true
      }
      if (stream.avail_out === 0) makeRoom(stream)
      const from = stream.next_out
      const status = zlibInflate(stream, Z_NO_FLUSH)
      if (stream.next_out > from) yield stream.output.subarray(from, stream.next_out)
      filled = stream.avail_out === 0
      if (status === Z_STREAM_END) within = false
      else if (status !== Z_OK && status !== Z_BUF_ERROR) throw damaged(stream.msg)
    }
  }
  if (within) throw damaged("it ends too early")
}

/** Whether there is a further member after zeros, if any; throws if there is something else. */
function beginsAnother(stream: ZStream): boolean {
  const { input } = stream
  while (stream.avail_in > 0 && input[stream.next_in] === 0) {
    stream.next_in++
    stream.avail_in--
  }
  if (stream.avail_in === 0) return false
  if (input[stream.next_in] !== MAGIC) throw damaged("something else follows its end")
  return true
}

function makeRoom(stream: ZStream): void {
  stream.output = new Uint8Array(ROOM)
  stream.next_out = 0
  stream.avail_out = ROOM
}
