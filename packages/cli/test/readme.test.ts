import { appendFileSync, readFileSync, writeFileSync } from "node:fs"
import { expect, it } from "vitest"
import { evictionary, inFolder } from "./host.ts"

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8")
const blocks = [...readme.matchAll(/^```(\w*)\n(.*?)^```$/gms)]

inFolder()

it("every block of the README does what it shows", () => {
  expect(blocks.map(([, language]) => language)).toEqual(blocks.map(() => "console"))
  expect(blocks.length).toBeGreaterThan(5)
})

// One after the other: what a command writes, the next one reads.
it.each(
  blocks.flatMap(([, , block = ""]) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((step) => [step.slice(0, step.indexOf("\n")), step.slice(step.indexOf("\n") + 1)]),
  ),
)("`%s` prints what the README says", async (command, output) => {
  expect((await shell(command!)).trimEnd()).toBe(output!.trimEnd())
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
