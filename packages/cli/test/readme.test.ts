import { appendFileSync, readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { expect, it } from "vitest"
import { evictionary, inFolder } from "./host.ts"

const path = fileURLToPath(new URL("../README.md", import.meta.url))
const readme = readFileSync(path, "utf8")
const blocks = [...readme.matchAll(/^```(\w*)\n(.*?)^```$/gms)]

inFolder()

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
