import { gzipSync } from "node:zlib"
import { type ReadTraceOptions, readTrace, type TraceFormat } from "@evictionary/simulator"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { contentsOf, stream } from "./reading.ts"

function keysOf(bytes: string | Uint8Array, options: ReadTraceOptions, cuts: number[] = []) {
  return contentsOf(readTrace(stream(bytes, cuts), options)).then(({ keys }) => keys)
}

const latin1 = (text: string) => Buffer.from(text, "latin1")

const TEXT_FORMATS: TraceFormat[] = [
  ...(["arc", "csv", "jsonl", "keys", "lirs", "log", "sized-keys", "tsv"] as const),
]

it.each(TEXT_FORMATS)(
  "bytes that are no UTF-8 end the reading of %s, whatever else is done",
  async (format) => {
    const text = 'café\n"caf\xe9", 1\n"caf\xe8", 1\n'
    const bytes = Buffer.concat([Buffer.from("0\n\n"), latin1(text)])
    const options: ReadTraceOptions = { format, column: 1, onBadLine: "skip" }
    await expect(keysOf(bytes, options)).rejects.toMatchObject({
      name: "TraceError",
      code: "NOT_TEXT",
      line: 3,
      message: 'line 3 is not in UTF-8, as text is unless `encoding` says otherwise: "café"',
    })
  },
)

it("the line that is no UTF-8 is told however the bytes are cut", async () => {
  const lines = fc.array(fc.constantFrom("", "a", "é", "€", "😀", "a\r"), { maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(lines, lines, fc.array(fc.nat()), async (before, after, cuts) => {
      const good = before.map((line) => `${line}\n`).join("")
      const bytes = Buffer.concat([
        Buffer.from(good),
        latin1("x\xe9"),
        Buffer.from(after.map((line) => `\n${line}`).join("")),
      ])
      const line = before.length + 1
      await expect(keysOf(bytes, { format: "keys" }, cuts)).rejects.toMatchObject({ line })
    }),
  )
})

it("a replacement character that stands in the trace is a key as any other", async () => {
  expect(await keysOf("\ufffd\na\ufffd", { format: "keys" })).toEqual(["\ufffd", "a\ufffd"])
})

it("in latin1, each byte is a character, so that different bytes are different keys", async () => {
  const all = Uint8Array.from({ length: 255 }, (_, i) => i + 1).filter(
    (byte) => !"\r\n".includes(String.fromCharCode(byte)),
  )
  const bytes = Buffer.concat([...all].map((byte) => Buffer.from([97, byte, 10])))
  const keys = await keysOf(bytes, { format: "keys", encoding: "latin1" })
  expect(keys).toEqual([...all].map((byte) => `a${String.fromCharCode(byte)}`))
})

it.each<[string, Buffer]>([
  ["with a mark", Buffer.from("\ufeffab\ncd\n", "utf16le")],
  ["big-endian with a mark", Buffer.from("\ufeffab\ncd\n", "utf16le").swap16()],
  ["without a mark", Buffer.from("ab\ncd\n", "utf16le")],
])("text in UTF-16 %s is refused", async (_, bytes) => {
  for (const encoding of ["utf-8", "latin1"] as const) {
    await expect(keysOf(bytes, { format: "keys", encoding })).rejects.toMatchObject({
      code: "NOT_TEXT",
      line: 1,
      reason: "has a byte of 0, as binary files have, and text in UTF-16",
    })
  }
})

it("a line of more than its characters is bad, and no less text for where it is cut", async () => {
  const lengths = fc.integer({ min: 0, max: 40 })
  const character = fc.constantFrom("a", "é", "€", "😀")
  await fc.assert(
    fc.asyncProperty(character, lengths, fc.array(fc.nat()), async (character, length, cuts) => {
      const text = `x\n${character.repeat(length)}\ny\n${character.repeat(length)}`
      const options: ReadTraceOptions = { format: "keys", maxLineLength: 7, onBadLine: "skip" }
      const long = length > 0 && character.length * length <= 7 ? [character.repeat(length)] : []
      expect(await keysOf(text, options, cuts)).toEqual(["x", ...long, "y", ...long])
    }),
  )
})

describe("a file of another kind", () => {
  const KINDS: [string, string][] = [
    ["it is compressed with xz: decompress it first", "\xfd7zXZ\0\0\x04"],
    ["it is compressed with bzip2: decompress it first", "BZh91AY&SYabc"],
    ["it is compressed with bzip2: decompress it first", "BZh9\x17rE8P\x90\0\0\0\0"],
    ["it is compressed with lz4: decompress it first", "\x04\x22\x4d\x18d@"],
    ["it is compressed with lzip: decompress it first", "LZIP\x01\x0c"],
    ["it is compressed with snappy: decompress it first", "\xff\x06\0\0sNaPpY"],
    ["it is compressed with compress: decompress it first", "\x1f\x9d\x90"],
    ["it is an archive of zip: unpack it first", "PK\x03\x04\x14\0"],
    ["it is an archive of zip: unpack it first", "PK\x05\x06\0\0"],
    ["it is an archive of 7z: unpack it first", "7z\xbc\xaf\x27\x1c\0\x04"],
    ["it is an archive of rar: unpack it first", "Rar!\x1a\x07\x01\0"],
    ["it is an archive of tar: unpack it first", `trace.txt${"\0".repeat(248)}ustar\x0000`],
    ["it is a file of PDF, and no trace", "%PDF-1.7\n"],
    ["it is a file of PNG, and no trace", "\x89PNG\r\n\x1a\n\0\0"],
    ["it is a file of JPEG, and no trace", "\xff\xd8\xff\xe0\0"],
    ["it is a file of GIF, and no trace", "GIF89a\x01\0"],
    ["it is a file of SQLite, and no trace", "SQLite format 3\0\x10"],
    ["it is a file of Parquet, and no trace", "PAR1\x15\x04"],
    ["it is a file of Avro, and no trace", "Obj\x01\x04"],
  ]

  it.each(KINDS)("is refused: %s", async (message, head) => {
    const bytes = latin1(head)
    const error = { name: "TraceError", code: "UNSUPPORTED", message, line: undefined }
    for (const format of ["keys", "oracleGeneral"] as const) {
      for (const whole of [bytes, gzipSync(bytes)]) {
        const read = keysOf(whole, { format, onBadLine: "skip", encoding: "latin1" }, [1, 3])
        await expect(read).rejects.toMatchObject(error)
      }
    }
  })

  it("is not what begins with the letters of one", async () => {
    const text = "PAR1\nBZh9\n7z\nGIF\nPK\nObj\nBMW\nMZ\nRar!\nLZIP"
    expect(await keysOf(text, { format: "keys" })).toEqual(text.split("\n"))
    for (const key of text.split("\n")) expect(await keysOf(key, { format: "keys" })).toEqual([key])
  })
})
