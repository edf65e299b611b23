import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { zipf } from "@evictionary/simulator"
import { answer } from "@evictionary/site/advise"
import { afterAll, expect, it } from "vitest"
import { evictionary } from "../../../packages/cli/test/host.ts"
import { deep } from "../../../scripts/deep.ts"

const folder = mkdtempSync(join(tmpdir(), "site-"))
afterAll(() => rmSync(folder, { recursive: true }))

const REQUESTS = deep ? 20_000 : 2_000

const TRACES: Record<string, string | Uint8Array> = {
  "zipf.keys": [...zipf({ requests: REQUESTS, keys: 500 })].join("\n"),
  "packed.keys.gz": gzipSync([...zipf({ requests: REQUESTS, keys: 500, seed: 1 })].join("\n")),
  "some.csv": 'key,size\na,1\nb,2\n"c\na,3\nb,4\na,1',
}

it.each(Object.keys(TRACES))(
  "the page's numbers are the command's, to the last hit: %s",
  async (name) => {
    const path = join(folder, name)
    writeFileSync(path, TRACES[name]!)
    const { out } = await evictionary(["advise", path, "--json"])
    const { command, traces, skipped, ...told } = JSON.parse(out)
    const file = new File([TRACES[name]!], name)
    const question = { file, options: {}, badLines: "skip", target: undefined } as const
    const { bound, format, skipped: here, ...found } = await answer(question, () => {})
    expect(JSON.parse(JSON.stringify(found))).toEqual(told)
    expect(here.count).toBe(skipped.count)
    expect({ command, traces, format: format.length > 0 }).toEqual({
      command: "advise",
      traces: [path],
      format: true,
    })
    expect(bound).toHaveLength(found.curves[0]!.points.length)
  },
)

it("a file that is no trace is refused with the line, and what is wrong with it", async () => {
  const file = new File(["1\n2\nx\n"], "a.lirs")
  const question = { file, options: {}, badLines: "refuse", target: undefined } as const
  await expect(answer(question, () => {})).rejects.toThrow('line 3 is not a number: "x"')
})

it.each([
  ["a.lirs", "x\ny\n", "a.lirs has no request: line 1 is not a number"],
  ["a.keys", "", "a.keys has no request"],
])("a file without a request is told so: %s", async (name, text, message) => {
  const question = {
    file: new File([text], name),
    options: {},
    badLines: "skip",
    target: undefined,
  }
  await expect(answer(question as never, () => {})).rejects.toThrow(message)
})
