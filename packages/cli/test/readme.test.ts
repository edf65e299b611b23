import { appendFileSync, readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { zipf } from "@evictionary/simulator"
import { beforeAll, expect, it } from "vitest"
import { evictionary, inFolder } from "./host.ts"

const path = fileURLToPath(new URL("../README.md", import.meta.url))
const readme = readFileSync(path, "utf8")
const blocks = [...readme.matchAll(/^```(\w*)\n(.*?)^```$/gms)]

inFolder()

/** Zipf's traffic of a web server, in which some pages are a thousand times as large as others. */
beforeAll(() => {
  const lines = [...zipf({ keys: 2_000, requests: 10_000, exponent: 0.9 })].map((key) => {
    const bytes = Math.round(1_000 * 1_000 ** (((key * 7_919) % 1_000) / 1_000))
    return `127.0.0.1 - - [23/Nov/2026:00:00:00 +0000] "GET /${key} HTTP/1.1" 200 ${bytes}`
  })
  writeFileSync("access.log", lines.join("\n"))
})

it("every block of the README is commands and what they print", () => {
  expect(blocks.map(([, language]) => language)).toEqual(blocks.map(() => "console"))
  expect(blocks.length).toBeGreaterThan(5)
})

it("each command of the README prints what stands there", async () => {
  let printed = readme
  // One after the other: what a command writes, the next one reads.
  for (const [, , block = ""] of blocks) {
    const steps: string[] = []
    for (const step of block.split(/^\$ /m).slice(1)) {
      const command = step.slice(0, step.indexOf("\n"))
      const output = (await shell(command)).trimEnd()
      const space = /\n*$/.exec(step)?.[0]
      steps.push(`$ ${command}${output === "" ? "" : `\n${output}`}${space}`)
    }
    printed = printed.replace(block, () => steps.join(""))
  }
  const stale = "a command prints something else: `npx -y pnpm@10.34.9 test readme --update`"
  await expect(printed, stale).toMatchFileSnapshot(path)
})

/** As much of a shell as the README needs: quotation marks, `|`, `>`, `>>` and `cat`. */
async function shell(command: string): Promise<string> {
  const [, pipeline = "", arrow, file = ""] = /^(.*?)(?: (>>?) (\S+))?$/.exec(command) ?? []
  let text = ""
  for (const part of pipeline.split(" | ")) {
    const words = [...part.matchAll(/"([^"]*)"|(\S+)/g)].map(
      ([, quoted, plain]) => quoted ?? plain!,
    )
    const [program, ...args] = words
    if (program === "cat") {
      text = args.map((name) => readFileSync(name, "utf8")).join("")
      continue
    }
    expect(program).toBe("evictionary")
    const { status, out, err } = await evictionary(args, { in: text })
    expect({ status, err }).toEqual({ status: 0, err: "" })
    text = out
  }
  if (arrow === undefined) return text
  if (arrow === ">") writeFileSync(file, text)
  else appendFileSync(file, text)
  return ""
}
