import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdirSync, writeFileSync } from "node:fs"
import { open } from "node:fs/promises"
import { text } from "node:stream/consumers"
import { beforeAll, expect, it } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { isColorful } from "../src/colors.ts"
import { buildBin } from "./bin.ts"
import { inFolder } from "./host.ts"

inFolder()

let bin: string

beforeAll(async () => {
  bin = await buildBin()
})

function start(line: string, env: NodeJS.ProcessEnv = {}): ChildProcess {
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env
  return spawn(process.execPath, [bin, ...line.split(" ")], { env: { ...inherited, ...env } })
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

/** What a shell makes of a line, in which `evictionary` is the command. */
async function shell(line: string) {
  const command = `${JSON.stringify(process.execPath)} ${JSON.stringify(bin)}`
  return ended(spawn("bash", ["-c", line.replaceAll("evictionary", () => command)]))
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

it("an interrupt ends the wait for a pipe by name, of which not even an exit gets rid", async () => {
  execFileSync("mkfifo", ["pipe.keys"])
  const child = start("simulate pipe.keys --capacity 1")
  // Whoever opens one end of a pipe waits for the other.
  const pipe = await open("pipe.keys", "w")
  await pipe.write("\n".repeat(2_000_000))
  child.kill("SIGINT")
  const { out, err } = await ended(child)
  expect({ err, signal: child.signalCode }).toEqual({ err: "", signal: "SIGINT" })
  expect(out).toMatch(/^pipe\.keys: 0 requests for 0 keys.*\nIncomplete/)
  await pipe.close()
})

it("a pipe that the shell has made is a trace", async () => {
  const replay = "evictionary simulate <(seq 10; seq 10)"
  const { status, out, err } = await shell(`${replay} --capacity 10 --strategy lru --csv`)
  expect({ status, err }).toEqual({ status: 0, err: "" })
  expect(out.split("\n")[1]).toBe("10,lru,20,10,10,0,0.5,")
})

it.each([
  ["echo 1 |", 1],
  ["seq 3 >seq.keys; <seq.keys", 3],
])("`%s evictionary simulate /dev/stdin` reads standard input", async (before, requests) => {
  const { status, out } = await shell(
    `${before} evictionary simulate /dev/stdin --format keys --capacity 1 --json`,
  )
  expect(status).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ requests })
})

it("standard input is read once, by whatever name", async () => {
  expect(await shell("echo 1 | evictionary simulate - /dev/stdin --capacity 1")).toEqual({
    status: 1,
    out: "",
    err: 'error: "/dev/stdin", standard input, must be given once\n',
  })
})

const PRINTING = ["generate loop --keys 10", "simulate - --capacity 1 --json", "--help"]

it.each(deep ? PRINTING : PRINTING.slice(0, 1))(
  "`evictionary %s` says that nothing can be written any more",
  async (line) => {
    expect(await shell(`echo 1 | evictionary ${line} >/dev/full`)).toEqual({
      status: 1,
      out: "",
      err: "error: standard output: no space left on device\n",
    })
  },
)

it("that complaints cannot be written is no reason to fail", async () => {
  const line = "simulate - --format lirs --capacity 1 --strategy lru --csv"
  const { status, out, err } = await shell(`printf '1\nx\n1\n' | evictionary ${line} 2>/dev/full`)
  expect({ status, err }).toEqual({ status: 0, err: "" })
  expect(out).toContain("\n1,lru,2,1,1,0,0.5,\n")
})

const COLORED: [NodeJS.ProcessEnv, boolean][] = [
  [{ FORCE_COLOR: "1" }, true],
  [{ FORCE_COLOR: "0" }, false],
  [{}, false],
  [{ FORCE_COLOR: "true" }, true],
  [{ FORCE_COLOR: "" }, false],
  [{ FORCE_COLOR: "false" }, false],
  [{ FORCE_COLOR: "1", NO_COLOR: "1" }, false],
  [{ FORCE_COLOR: "1", NO_COLOR: "" }, true],
  [{ CI: "true", GITHUB_ACTIONS: "true" }, false],
]

it.each(COLORED)("with %j, what goes into a pipe is in colour: %j", (env, colored) => {
  expect(isColorful(env, false)).toBe(colored)
})

it.each(deep ? COLORED : COLORED.slice(0, 1))(
  "with %j, the program's own help in a pipe is in colour: %j",
  async (env, colored) => {
    const { out } = await ended(start("--help", env))
    expect(out.includes("\u001b[")).toBe(colored)
  },
)

it("packages are looked for in the folder where the command is used", async () => {
  install("@acme/cache", "export const name = 'no strategy'")
  const child = start("simulate - --capacity 1 --strategy @acme/cache")
  expect(await ended(child)).toMatchObject({
    status: 1,
    err: 'error: --strategy must be a package that exports a strategy, received "@acme/cache"\n',
  })
})
