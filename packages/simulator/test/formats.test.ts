import { gzipSync } from "node:zlib"
import {
  type Key,
  type ReadTraceOptions,
  readTrace,
  type TraceFormat,
} from "@evictionary/simulator"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { contentsOf, stream } from "./reading.ts"

interface Written {
  format: TraceFormat
  options?: ReadTraceOptions
  key: fc.Arbitrary<Key>
  sized?: boolean
  write(requests: readonly Request[]): string | Uint8Array
}

interface Request {
  key: Key
  size: number
}

const int32 = fc.integer()
const block = fc.oneof(fc.nat(), fc.bigInt(2n ** 31n, 2n ** 53n - 1n).map(String))
/** Text that is not written as an integer of 32 bits, and would be read as one. */
const text = fc
  .string({ unit: "grapheme", minLength: 1 })
  .filter((key) => !/[\r\n\ufeff]/.test(key) && String(Number.parseInt(key, 10) | 0) !== key)
const field = text.filter((key) => !key.includes("\t"))
/** What may be in a path, plain and escaped; to make `fc.webPath` takes longer than all that uses it. */
const inPath = fc.oneof(
  fc.constantFrom(..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"),
  fc.constantFrom(..."-._~!$&'()*+,;=:@/"),
  fc.nat(255).map((byte) => `%${byte.toString(16).padStart(2, "0")}`),
)
const target = fc
  .array(
    fc.string({ unit: inPath }).map((path) => `/${path}`),
    { minLength: 1, maxLength: 3 },
  )
  .map((paths) => paths.join(" "))
/** Integers that a double cannot tell from their neighbours. */
const long = fc.bigInt(2n ** 53n, 2n ** 80n).map(String)

const WRITTEN: Written[] = [
  {
    format: "keys",
    key: fc.oneof(int32, text),
    write: (requests) => requests.map(({ key }) => `${key}\n`).join(""),
  },
  {
    format: "sized-keys",
    key: fc.oneof(
      int32,
      text.filter((key) => !/\s$|^\s/.test(key)),
    ),
    sized: true,
    write: (requests) => requests.map(({ key, size }) => `${key} ${size}\r\n`).join(""),
  },
  {
    format: "csv",
    options: { column: "the key", sizeColumn: "bytes" },
    key: fc.oneof(
      int32,
      text,
      text.map((key) => `${key},\n"x"`),
    ),
    sized: true,
    write: (requests) =>
      ["bytes,the key,other", ...requests.map(({ key, size }) => `${size},${quoted(key)},x`)].join(
        "\n",
      ),
  },
  {
    format: "tsv",
    options: { column: 2, sizeColumn: 1 },
    key: fc.oneof(int32, field),
    sized: true,
    write: (requests) => requests.map(({ key, size }) => `${size}\t${key}\tx\n`).join(""),
  },
  {
    format: "jsonl",
    options: { column: "id", sizeColumn: "size" },
    key: fc.oneof(int32, text, long),
    sized: true,
    write: (requests) =>
      requests.map(({ key, size }) => `{"size": ${size}, "id": ${inJson(key)}}\n`).join(""),
  },
  {
    format: "jsonl",
    options: { column: 2, sizeColumn: 3 },
    key: fc.oneof(int32, text, long),
    sized: true,
    write: (requests) =>
      requests.map(({ key, size }) => `[null,${inJson(key)},${size}]\n`).join(""),
  },
  {
    format: "lirs",
    key: fc.oneof(block, long),
    write: (requests) => `${requests.map(({ key }) => key).join("\n*\n")}\n*`,
  },
  {
    format: "arc",
    key: fc.oneof(block, long),
    write: (requests) => requests.map(({ key }, i) => `${key} 1 0 ${i}\n`).join(""),
  },
  {
    format: "log",
    key: fc
      .tuple(fc.constantFrom("GET", "HEAD"), target)
      .map(([method, path]) => `${method} ${path}`),
    sized: true,
    write: (requests) =>
      requests
        .map(
          ({ key, size }) =>
            `::1 - a b [1/Jan/2026:00:00:00 +0000] "${key} HTTP/1.1" 200 ${size || "-"} "-" "x"\n`,
        )
        .join(""),
  },
  {
    format: "oracleGeneral",
    key: fc.oneof(fc.nat(), fc.bigInt(2n ** 31n, 2n ** 64n - 1n).map(String)),
    sized: true,
    write: (requests) => Buffer.concat(requests.map(record)),
  },
]

describe.each(WRITTEN)("$format", ({ format, options, key, sized = false, write }) => {
  it("what is written is read back, however the stream is cut and compressed", async () => {
    const requests = fc.array(fc.record({ key, size: fc.nat() }))
    await fc.assert(
      fc.asyncProperty(requests, fc.array(fc.nat()), fc.boolean(), async (requests, cuts, gz) => {
        const written = write(requests)
        const bytes = stream(gz ? gzipSync(written) : written, cuts)
        const { keys, sizes } = await contentsOf(readTrace(bytes, { ...options, format }))
        expect(keys).toEqual(requests.map(({ key }) => key))
        expect(sizes).toEqual(sized ? requests.map(({ size }) => size) : [])
      }),
    )
  })
})

/** Integers without quotation marks, however long they are. */
function inJson(key: Key): string {
  return /^\d{16,}$/.test(String(key)) ? String(key) : JSON.stringify(key)
}

function quoted(key: Key): string {
  return `"${String(key).replaceAll('"', '""')}"`
}

function record({ key, size }: Request): Uint8Array {
  const bytes = Buffer.alloc(24)
  bytes.writeUInt32LE(4_000_000_000, 0)
  bytes.writeBigUInt64LE(BigInt(key), 4)
  bytes.writeUInt32LE(size, 12)
  bytes.writeBigInt64LE(-2n, 16)
  return bytes
}
