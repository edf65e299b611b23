import { readFile } from "node:fs/promises"
import { readTrace } from "@evictionary/simulator"
import fc from "fast-check"
import { expect, it } from "vitest"
import { alike } from "../../../scripts/same.ts"
import { contentsOf, stream } from "./reading.ts"

const fixture = (name: string) => new URL(`fixtures/${name}`, import.meta.url)

function keysOf(bytes: Uint8Array, cuts: readonly number[] = []) {
  return contentsOf(readTrace(stream(bytes, cuts), { format: "keys" })).then(({ keys }) => keys)
}

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd]
/** The last block of a frame, which is this text. */
const block = (text: string) => [(text.length << 3) | 1, 0, 0, ...Buffer.from(text)]
/** Lengths of 1, 2, 4 and 8 bytes. */
function little(value: bigint, length: number): number[] {
  return Array.from({ length }, (_, i) => Number((value >> BigInt(8 * i)) & 255n))
}

it("a frame may have a window of 128 MB", async () => {
  const header = [0, (27 - 10) << 3]
  expect(await keysOf(Uint8Array.of(...MAGIC, ...header, ...block("key")))).toEqual(["key"])
})

it.each<[string, number[]]>([
  ["an eighth more than 128 MB", [0, ((27 - 10) << 3) | 1]],
  ["almost 2 GB", [0, (30 - 10) << 3]],
  ["2 TB", [0, 31 << 3]],
  ["2 TB, with an identifier", [3, 31 << 3, 0, 0, 0, 1]],
  ["so many bytes as there are in all", [0xa0, ...little(2n ** 27n + 1n, 4)]],
  ["so many bytes, with an identifier", [0xa1, 7, ...little(2n ** 31n, 4)]],
  ["more than there are numbers", [0xe0, ...little(2n ** 64n - 1n, 8)]],
])("a frame is refused that asks for a window of %s", async (_, header) => {
  const frame = Uint8Array.of(...MAGIC, ...header, ...block("key"))
  const good = Uint8Array.of(...MAGIC, 0x20, 2, ...block("a\n"))
  const skippable = Uint8Array.of(0x5f, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, ...MAGIC.slice(1))
  for (const before of [[], [...good], [...skippable, ...good, ...skippable]]) {
    const bytes = Uint8Array.of(...before, ...frame)
    for (const cuts of [[], bytes.map((_, i) => i)]) {
      await expect(keysOf(bytes, [...cuts])).rejects.toMatchObject({
        code: "UNSUPPORTED",
        message: expect.stringMatching(
          /^it takes a window of \d+ bytes .* 134217728 are the most$/,
        ),
      })
    }
  }
})

it("a block is refused that is larger than blocks are", async () => {
  const repeated = (times: number) => little((BigInt(times) << 3n) | 3n, 3)
  const frame = (times: number) => Uint8Array.of(...MAGIC, 0, 56, ...repeated(times), 97)
  const [key] = await keysOf(frame(1_000))
  expect(key).toBe("a".repeat(1_000))
  await expect(keysOf(frame(2 ** 17 + 1))).rejects.toMatchObject({ code: "UNSUPPORTED" })
})

it("what is no frame is refused, also after one", async () => {
  const good = [...MAGIC, 0x20, 2, ...block("a\n")]
  const bytes = Uint8Array.of(...good, ...Buffer.from("no frame"))
  await expect(keysOf(bytes)).rejects.toMatchObject({
    code: "DAMAGED",
    message: "its compression is damaged: invalid zstd data",
  })
})

it.each(["frames.keys.zst", "blocks.keys.zst"])(
  "%s is the same however it is cut",
  async (name) => {
    const bytes = await readFile(fixture(name))
    const whole = await keysOf(bytes)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 40 }), async (cuts) => {
        alike(await keysOf(bytes, cuts), whole)
      }),
      { numRuns: 20 },
    )
  },
)
