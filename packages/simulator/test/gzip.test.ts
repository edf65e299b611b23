import { gzipSync } from "node:zlib"
import { readTrace } from "@evictionary/simulator"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { contentsOf, stream } from "./reading.ts"

function keysOf(bytes: Uint8Array, cuts: readonly number[] = []) {
  return contentsOf(readTrace(stream(bytes, cuts), { format: "keys" })).then(({ keys }) => keys)
}

/** Cut nowhere, and after each byte. */
function cutsOf(bytes: Uint8Array): number[][] {
  return [[], Array.from(bytes, (_, i) => i)]
}

const [one, two] = [gzipSync("a\nb\n"), gzipSync("c\n")]

it("all members are read, however they are cut", async () => {
  const member = fc.record({
    keys: fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 400 }),
    level: fc.integer({ min: 0, max: 9 }),
    zeros: fc.nat({ max: 3 }),
  })
  const members = fc.array(member, { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(members, fc.array(fc.nat(), { maxLength: 40 }), async (members, cuts) => {
      const bytes = members.flatMap(({ keys, level, zeros }) => [
        gzipSync(keys.map((key) => `${key}\n`).join(""), { level }),
        Buffer.alloc(zeros),
      ])
      expect(await keysOf(Buffer.concat(bytes), cuts)).toEqual(members.flatMap(({ keys }) => keys))
    }),
  )
})

it("a member may be empty, and end where a chunk does", async () => {
  const bytes = Buffer.concat([one, gzipSync(""), two])
  const ends = [one.length, bytes.length - two.length, bytes.length]
  for (const cuts of [...cutsOf(bytes), ends]) {
    expect(await keysOf(bytes, cuts)).toEqual(["a", "b", "c"])
  }
})

it("a header may have a name, a comment and more", async () => {
  const [extra, name, comment, check] = ["\x03\0abc", "a.keys\0", "made by hand\0", "\0\0"]
  const head = Buffer.concat([one.subarray(0, 3), Buffer.of(0x1c), one.subarray(4, 10)])
  const bytes = Buffer.concat([head, Buffer.from(extra + name + comment), one.subarray(10)])
  for (const cuts of cutsOf(bytes)) expect(await keysOf(bytes, cuts)).toEqual(["a", "b"])
  const checked = Buffer.concat([
    head.fill(0x1e, 3, 4),
    Buffer.from(extra + name + comment + check),
  ])
  await expect(keysOf(Buffer.concat([checked, one.subarray(10)]))).rejects.toMatchObject({
    code: "DAMAGED",
  })
})

it("a little that is much is decompressed a piece at a time", async () => {
  const much = gzipSync(Buffer.alloc(10e6, "x"))
  const bytes = Buffer.concat([...Array(13).fill(much), gzipSync("\nlast\n")])
  const before = process.memoryUsage().rss
  const trace = readTrace(stream(bytes), { format: "keys", onBadLine: "skip" })
  expect((await contentsOf(trace)).keys).toEqual(["last"])
  expect(process.memoryUsage().rss - before).toBeLessThan(100e6)
})

describe("what is not whole is told", () => {
  const changed = (at: number, bits: number) =>
    one.map((byte, i) => (i === (at + one.length) % one.length ? byte ^ bits : byte))
  it.each<[string, Uint8Array[]]>([
    ["it ends too early", [one.subarray(0, -3)]],
    ["it ends too early", [one, two.subarray(0, -3)]],
    ["it ends too early", [one, two.subarray(0, 5)]],
    ["incorrect data check", [changed(-6, 1)]],
    ["incorrect length check", [changed(-1, 1)]],
    ["unknown header flags set", [changed(3, 0x80)]],
    ["unknown compression method", [two, changed(2, 1)]],
    ["incorrect header check", [two, changed(1, 1)]],
    ["something else follows its end", [one, Buffer.from("last\n")]],
    ["something else follows its end", [one, Buffer.from("\0\0x")]],
  ])("%s", async (why, parts) => {
    const bytes = Buffer.concat(parts)
    for (const cuts of cutsOf(bytes)) {
      await expect(keysOf(bytes, cuts)).rejects.toMatchObject({
        name: "TraceError",
        code: "DAMAGED",
        message: `its compression is damaged: ${why}`,
        line: undefined,
      })
    }
  })
})
