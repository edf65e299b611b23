import { latin1 } from "./bytes.ts"
import { TraceError } from "./trace-error.ts"

/** So many bytes at the beginning of a file tell its kind. */
export const TELLING = 262

const COMPRESSED = (kind: string) => `it is compressed with ${kind}: decompress it first`
const PACKED = (kind: string) => `it is an archive of ${kind}: unpack it first`
const NO_TRACE = (kind: string) => `it is a file of ${kind}, and no trace`

/** Files that are not traces: what is to be said of them, and bytes that they have at some place. */
const KINDS: readonly [say: (kind: string) => string, kind: string, at: number, bytes: string][] = [
  [COMPRESSED, "xz", 0, "\xfd7zXZ\0"],
  [COMPRESSED, "bzip2", 4, "1AY&SY"],
  [COMPRESSED, "bzip2", 4, "\x17rE8P\x90"],
  [COMPRESSED, "lz4", 0, "\x04\x22\x4d\x18"],
  [COMPRESSED, "lzip", 0, "LZIP\x01"],
  [COMPRESSED, "snappy", 0, "\xff\x06\0\0sNaPpY"],
  [COMPRESSED, "compress", 0, "\x1f\x9d"],
  [PACKED, "zip", 0, "PK\x03\x04"],
  [PACKED, "zip", 0, "PK\x05\x06"],
  [PACKED, "7z", 0, "7z\xbc\xaf\x27\x1c"],
  [PACKED, "rar", 0, "Rar!\x1a\x07"],
  [PACKED, "tar", 257, "ustar"],
  [NO_TRACE, "PDF", 0, "%PDF-"],
  [NO_TRACE, "PNG", 0, "\x89PNG\r\n\x1a\n"],
  [NO_TRACE, "JPEG", 0, "\xff\xd8\xff"],
  [NO_TRACE, "GIF", 0, "GIF89a"],
  [NO_TRACE, "SQLite", 0, "SQLite format 3\0"],
  [NO_TRACE, "Parquet", 0, "PAR1\x15"],
  [NO_TRACE, "Avro", 0, "Obj\x01"],
]

/**
 * Throws if a file begins as those of another kind do, which would be read as text, or as records of
 * a binary trace, without any complaint.
 */
export function refuseOtherKinds(head: Uint8Array): void {
  const text = latin1(head.subarray(0, TELLING))
  const found = KINDS.find(([, , at, bytes]) => text.startsWith(bytes, at))
  if (found === undefined) return
  const [say, kind] = found
  throw new TraceError("UNSUPPORTED", say(kind))
}
