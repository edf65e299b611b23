import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { zipf } from "@evictionary/simulator"
import { answer, bestPossible } from "@evictionary/site/advise"
import { afterAll, expect, it } from "vitest"
import { evictionary } from "../../../packages/cli/test/host.ts"
import { deep } from "../../../scripts/deep.ts"
import { fileAt, recordedTrace } from "./recorded.ts"

const folder = mkdtempSync(join(tmpdir(), "site-"))
afterAll(() => rmSync(folder, { recursive: true }))

const REQUESTS = deep ? 20_000 : 1_000

const TRACES: Record<string, string | Uint8Array> = {
  "zipf.keys": [...zipf({ requests: REQUESTS, keys: 500 })].join("\n"),
  "packed.keys.gz": gzipSync([...zipf({ requests: REQUESTS, keys: 500, seed: 1 })].join("\n")),
  "some.csv": 'key,size\na,1\nb,2\n"c\na,3\nb,4\na,1',
}

const ask = { options: {}, badLines: "skip", target: undefined } as const

/** What the page answers to a file, beside what the command prints of it. */
async function both(path: string, file: File) {
  const { out } = await evictionary(["advise", path, "--json"])
  const { command, traces, skipped, ...told } = JSON.parse(out)
  expect({ command, traces }).toEqual({ command: "advise", traces: [path] })
  const { format, skipped: here, ...found } = await answer({ ...ask, file }, () => {})
  expect(here.count).toBe(skipped.count)
  return {
    told,
    found: JSON.parse(JSON.stringify(found)),
    answer: { ...found, format, skipped: here },
  }
}

it.each(Object.keys(TRACES))(
  "the page's numbers are the command's, to the last hit: %s",
  async (name) => {
    const path = join(folder, name)
    writeFileSync(path, TRACES[name]!)
    const file = new File([TRACES[name]!], name)
    const { told, found, answer } = await both(path, file)
    expect(found).toEqual(told)
    const capacities = answer.curves[0]!.points.map(({ capacity }) => capacity)
    const { out } = await evictionary([
      "simulate",
      path,
      "--strategy",
      "lru",
      "--capacity",
      capacities.join(","),
      "--json",
    ])
    const { results } = JSON.parse(out) as { results: { strategy: string; hitRatio: number }[] }
    const min = results.filter(({ strategy }) => strategy === "min")
    expect(await bestPossible({ ...ask, file }, answer, () => {})).toEqual(
      min.map(({ hitRatio }) => 1 - hitRatio),
    )
  },
)

/** A trace that somebody has recorded. */
const recorded = recordedTrace("cache2k-web12")

it.skipIf(recorded === undefined)(
  "the page's numbers are the command's on a recorded trace, to the last hit",
  async () => {
    const { told, found } = await both(recorded!, await fileAt(recorded!))
    expect(found).toEqual(told)
    const { requests, uniqueKeys, capacity, best, strategies } = told
    console.info(JSON.stringify({ requests, uniqueKeys, capacity, best, strategies }))
  },
)

it("a file that is no trace is refused with the line, and what is wrong with it", async () => {
  const file = new File(["1\n2\nx\n"], "a.lirs")
  const question = { ...ask, file, badLines: "refuse" } as const
  await expect(answer(question, () => {})).rejects.toThrow('line 3 is not a number: "x"')
})

it.each([
  ["a.lirs", "x\ny\n", "a.lirs has no request: line 1 is not a number"],
  ["a.keys", "", "a.keys has no request"],
])("a file without a request is told so: %s", async (name, text, message) => {
  const question = { ...ask, file: new File([text], name) }
  await expect(answer(question, () => {})).rejects.toThrow(message)
})
