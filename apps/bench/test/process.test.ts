import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { askProcess, CHILD } from "../src/process.ts"
import { strategies } from "./host.ts"

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "bench-"))
})

afterAll(() => rmSync(folder, { recursive: true }))

/** Asks a process that does `body` with the `request` that it gets. */
function ask(body: string) {
  const capacities = [Number.POSITIVE_INFINITY]
  return processOf(body)("countFib", { n: 1, strategy: strategies[0]!, capacities })
}

function processOf(body: string) {
  const entry = join(folder, "entry.mjs")
  writeFileSync(entry, `process.once("message", (request) => { ${body} })`)
  return askProcess(entry)
}

const reply = (message: string) => `process.send(${message}, () => process.disconnect())`

it("a question arrives in another process as it is, and its answer comes back", async () => {
  const answer = await ask(reply("{ answer: [process.pid, process.argv[2], request] }"))
  expect(answer).toMatchObject([
    expect.any(Number),
    CHILD,
    { job: "countFib", question: { n: 1, capacities: [Number.POSITIVE_INFINITY] } },
  ])
  expect((answer as unknown as [number])[0]).not.toBe(process.pid)
})

it("where time is taken, there is all the room for new objects from the start", async () => {
  const newSpace = `process.getBuiltinModule("node:v8").getHeapSpaceStatistics()
    .find(({ space_name }) => space_name === "new_space").space_size`
  const asked = processOf(reply(`{ answer: ${newSpace} }`))
  expect(await asked("timeFib", { n: 1, capacity: 1 } as never)).toBeGreaterThanOrEqual(16e6)
})

it("an error in the other process is an error here", async () => {
  await expect(ask(reply("{ error: 'wrong result' }"))).rejects.toThrow("wrong result")
})

it("a process that ends without an answer is an error", async () => {
  await expect(ask("process.exit(7)")).rejects.toThrow("countFib ended without an answer (7)")
})
