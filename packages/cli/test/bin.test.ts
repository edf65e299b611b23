import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdirSync, writeFileSync } from "node:fs"
import { text } from "node:stream/consumers"
import { beforeAll, expect, it } from "vitest"
import { buildBin } from "./bin.ts"
import { inFolder } from "./host.ts"

inFolder()

let bin: string

beforeAll(async () => {
  bin = await buildBin()
})

function start(line: string): ChildProcess {
  return spawn(process.execPath, [bin, ...line.split(" ")])
}

/** Installs a package in the present folder. */
function install(name: string, code: string): void {
  const folder = `node_modules/${name}`
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/package.json`, JSON.stringify({ name, exports: { import: "./it.mjs" } }))
  writeFileSync(`${folder}/it.mjs`, code)
}

async function ended(child: ChildProcess) {
  const [out, err, [status]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, "close"),
  ])
  return { status, out, err }
}

it("results go to standard output, and nothing else to either", async () => {
  const generated = start("generate loop --keys 10 --requests 1k")
  const simulated = start("simulate - --capacity 10 --strategy lru --csv")
  generated.stdout!.pipe(simulated.stdin!)
  const { status, out, err } = await ended(simulated)
  expect({ status, err }).toEqual({ status: 0, err: "" })
  expect(out.split("\n")[1]).toBe("10,lru,1000,990,10,0,0.99,")
})

it("complaints go to standard error, without a stack", async () => {
  const child = start("simulate none.keys")
  expect(await ended(child)).toEqual({
    status: 1,
    out: "",
    err: "error: none.keys: no such file or directory\n",
  })
})

it("a reader that leaves early ends it quietly", async () => {
  const child = start("generate zipf --requests 1G")
  child.stdout!.once("data", () => child.stdout!.destroy())
  const err = text(child.stderr!)
  const [status] = await once(child, "exit")
  expect({ status, err: await err }).toEqual({ status: 0, err: "" })
})

it("an interrupt prints what is known by then", async () => {
  const child = start("simulate - --capacity 1 --strategy lru --json")
  // More than a pipe holds: when it is written, the other side has begun to read.
  child.stdin!.write("1\n".repeat(1_000_000), () => child.kill("SIGINT"))
  const { status, out, err } = await ended(child)
  expect({ status, err }).toEqual({ status: 130, err: "" })
  expect(JSON.parse(out)).toMatchObject({ command: "simulate", complete: false })
})

it("an interrupt ends the wait for input that does not come", async () => {
  const child = start("simulate - --capacity 1")
  // Empty lines: however many, they are no request, and the first is still waited for.
  child.stdin!.write("\n".repeat(2_000_000), () => child.kill("SIGINT"))
  expect(await ended(child)).toMatchObject({ status: 130, err: "" })
})

it("a second interrupt ends it at once", async () => {
  install(
    "evictionary-slow",
    `process.once("SIGINT", () => console.error("once"))
     setInterval(() => {}, 1e6)
     console.error("loading")
     await new Promise(() => {})`,
  )
  const child = start("simulate - --capacity 1 --strategy evictionary-slow")
  child.stderr!.on("data", () => child.kill("SIGINT"))
  const [, signal] = await once(child, "exit")
  expect(signal).toBe("SIGINT")
})

it("packages are looked for in the folder where the command is used", async () => {
  install("@acme/cache", "export const name = 'no strategy'")
  const child = start("simulate - --capacity 1 --strategy @acme/cache")
  expect(await ended(child)).toMatchObject({
    status: 1,
    err: 'error: --strategy must be a package that exports a strategy, received "@acme/cache"\n',
  })
})
