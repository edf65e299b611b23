import { createContext, runInContext } from "node:vm"
import { gzipSync } from "node:zlib"
import * as here from "@evictionary/simulator"
import { build } from "esbuild"
import { expect, it } from "vitest"

/** The package as a script that makes it a global, `simulator`, bundled for browsers. */
const bundled = build({
  stdin: {
    contents: `export * from "@evictionary/simulator"; export { lru } from "@evictionary/lru"`,
    resolveDir: import.meta.dirname,
  },
  bundle: true,
  platform: "browser",
  conditions: ["@evictionary/source"],
  format: "iife",
  globalName: "simulator",
  metafile: true,
  write: false,
})

it("nothing of Node is in what browsers get", async () => {
  const { metafile, outputFiles } = await bundled
  const imported = Object.values(metafile.inputs).flatMap(({ imports }) => imports)
  expect(imported.filter(({ path }) => path.startsWith("node:"))).toEqual([])
  expect(outputFiles[0]!.text).not.toMatch(/\bnode:|\bBuffer\b|\brequire\(/)
})

/** A page, as far as this goes: a global scope without anything that is of Node alone. */
async function page(): Promise<{ simulator: typeof here & typeof import("@evictionary/lru") }> {
  const { TextDecoder, MessageChannel } = globalThis
  const context = createContext({ TextDecoder, MessageChannel })
  runInContext((await bundled).outputFiles[0]!.text, context)
  return context as never
}

/** Several chunks of a file. */
const LINES = Array.from(
  { length: 4_000 },
  (_, i) => `/pages/${`${(i * i) % 977}`.repeat(20)}.html`,
)
const TEXT = `key\n${LINES.join("\n")}`

it.each([
  ["as it is", "a.csv", TEXT],
  ["compressed", "a.csv.gz", gzipSync(TEXT)],
  ["in several members", "a.csv.gz", Buffer.concat([gzipSync(TEXT), gzipSync("\nlast\n")])],
])("a dropped file gives there what it gives here: %s", async (_, name, data) => {
  const { simulator } = await page()
  const file = new File([data], name)
  const options = { strategies: [simulator.lru], capacities: [10, 100] }
  const [there, inNode] = [simulator.readTrace(file), here.readTrace(file)]
  const simulated = await simulator.simulate(there, options)
  expect(simulated.requests).toBeGreaterThanOrEqual(LINES.length)
  expect(JSON.stringify(simulated)).toBe(JSON.stringify(await here.simulate(inNode, options)))
})

it("a stream whose only way out is a reader is read, once", async () => {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  writer.write(new TextEncoder().encode("a\nb\na\n"))
  writer.close()
  const stream = { getReader: () => readable.getReader() }
  const { requests, uniqueKeys } = await here.simulate(here.readTrace(stream, { format: "keys" }), {
    strategies: [],
    capacities: [],
  })
  expect({ requests, uniqueKeys }).toEqual({ requests: 3, uniqueKeys: 2 })
})

it("what follows a compressed file is refused there in the words that it is here", async () => {
  const { simulator } = await page()
  const file = new File([gzipSync(TEXT), "and more"], "a.csv.gz")
  for (const { readTrace, simulate } of [simulator, here]) {
    const simulated = simulate(readTrace(file), { strategies: [], capacities: [] })
    await expect(simulated).rejects.toMatchObject({
      name: "TraceError",
      code: "DAMAGED",
      message: "its compression is damaged: something else follows its end",
    })
  }
})

it("what a source throws in the middle of a compressed file is passed on", async () => {
  async function* broken() {
    yield gzipSync(TEXT).subarray(0, 100)
    throw new Error("the disk is gone")
  }
  const trace = here.readTrace(broken(), { format: "csv" })
  const options = { strategies: [], capacities: [] }
  await expect(here.simulate(trace, options)).rejects.toThrow("the disk is gone")
})

it("a compressed source that is left early is closed", async () => {
  let closed = false
  async function* source() {
    try {
      for (const whole = gzipSync("1\n".repeat(100_000)); ; ) yield whole
    } finally {
      closed = true
    }
  }
  for await (const { keys } of here.readTrace(source(), { format: "keys" })) {
    if (keys.length > 0) break
  }
  await expect.poll(() => closed).toBe(true)
})

it("a path is told where paths are read", () => {
  expect(() => here.readTrace("a.keys" as never)).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", message: expect.stringMatching("/node`") }),
  )
})
