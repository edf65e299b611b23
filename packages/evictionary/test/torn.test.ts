import { fork } from "node:child_process"
import { mkdirSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { build } from "esbuild"
import { registry } from "evictionary"
import { beforeAll, describe, expect, test } from "vitest"
import { deep } from "../../../scripts/deep.ts"

const folder = join(import.meta.dirname, "../node_modules/.cache/")
const [program, mutant] = ["torn.mjs", "torn-mutant.mjs"].map((name) => join(folder, name)) as [
  string,
  string,
]

/** Milliseconds that no step of the program needs, however slow the machine. */
const LIMIT = 300_000

/** A small stack is sooner full. */
const STACK = "--stack-size=300"

/** Where functions are optimized, how far a recursion comes is no longer the same twice. */
const PLAIN = "--no-opt"

const REQUIRE =
  'import { createRequire } from "node:module"; const require = createRequire(import.meta.url)'

/** Makes the program, after `change` has had its way with the sources of `core`. */
async function compile(outfile: string, change?: (code: string) => string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  await build({
    entryPoints: [join(import.meta.dirname, "torn-program.ts")],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    conditions: ["@evictionary/source"],
    banner: { js: REQUIRE },
    plugins: change
      ? [
          {
            name: "change",
            setup({ onLoad }) {
              onLoad({ filter: /core.src.\w+\.ts$/ }, async ({ path }) => {
                return { contents: change(await readFile(path, "utf8")), loader: "ts" }
              })
            },
          },
        ]
      : [],
  })
}

beforeAll(() => compile(program))

interface Circumstances {
  limit?: number
  compiled?: string
  flags?: readonly string[]
}

/** Lets another process do it, and tells how that went: `"done"`, or what was wrong. */
function outcome(
  task: string,
  strategy: string,
  amount: number,
  { limit = LIMIT, compiled = program, flags = [] }: Circumstances = {},
): Promise<string> {
  return new Promise((resolve) => {
    const execArgv = [STACK, ...flags]
    const child = fork(compiled, [task, strategy, String(amount)], { execArgv })
    let last = "nothing"
    const end = (how: string) => {
      clearTimeout(timeout)
      child.kill("SIGKILL")
      resolve(how)
    }
    const late = () => end(`has not ended after ${limit} ms: ${last}`)
    let timeout = setTimeout(late, limit)
    child.on("message", (said: string) => {
      if (said === "done") return end(said)
      if (said.startsWith("error")) return end(`${last}: ${said}`)
      last = said
      clearTimeout(timeout)
      timeout = setTimeout(late, limit)
    })
    child.on("error", (error) => end(`${last}: ${error}`))
    child.on("exit", (code) => end(`${last}: ended with status ${code}`))
  })
}

test("what does not end is a failure with words", async () => {
  expect(await outcome("hang", "lru", 1, { limit: 500 })).toMatch(/^has not ended after 500 ms: /)
})

/** How much of each there is; without time for all, every strategy does one thing. */
const amounts = deep ? { sweep: 1, recursion: 300, listener: 20, laws: 3 } : { recursion: 30 }
const chosen = deep ? registry.names : ["lirs"]

describe.each(Object.entries(amounts))("after overflows of the stack: %s", (task, amount) => {
  test.each(chosen)("a cache is whole, by %s", async (strategy) => {
    expect(await outcome(task, strategy, amount)).toBe("done")
  })
})

describe.runIf(deep)("without optimized functions", () => {
  test.each(["recursion", "listener"])(
    "%s leaves a cache whole, by every strategy",
    async (task) => {
      for (const strategy of chosen)
        expect(await outcome(task, strategy, 20, { flags: [PLAIN] })).toBe("done")
    },
  )
})

/** Sources in which a mistake is made that the task has to find. */
const mistakes: Record<string, (code: string) => string> = {
  listener: (code) => code.replaceAll("this.report(error)", ""),
}
const unmended = (code: string) => code.replaceAll("if (this.special & TORN) this.mend()", "")

describe.runIf(deep)("where a mistake is made, such as that nobody mends", () => {
  // What the laws get has been cleared, which makes it whole again.
  const found = Object.entries(amounts).filter(([task]) => task !== "laws")
  test.each(found)("it is found: %s", async (task, amount) => {
    await compile(mutant, mistakes[task] ?? unmended)
    const circumstances = { limit: 60_000, compiled: mutant, flags: [PLAIN] }
    const how = await outcome(task, "lirs", amount, circumstances)
    console.info(`${task}: ${how}`)
    expect(how).not.toBe("done")
  })
})
