import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { connect, createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"

/**
 * Starts a program and says its process id. When its input ends, which it does when whoever has
 * started it is gone, even if that was killed, it ends the program, even if that was stopped.
 */
const SUPERVISOR = `
const { spawn } = require("node:child_process")
const child = spawn(process.argv[1], process.argv.slice(2), { stdio: ["ignore", "ignore", "inherit"] })
const end = () => { child.kill("SIGCONT"); child.kill("SIGKILL") }
child.on("error", () => process.exit(1))
child.on("exit", () => process.exit(0))
child.on("spawn", () => process.stdout.write(child.pid + "\\n"))
process.stdin.on("end", end).on("close", end).resume()
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end)
`

/** A server of Redis or Valkey that runs for a test, and dies with its process. */
export interface RedisServer {
  readonly port: number
  /** Stops it without ending it, as when a machine is frozen. */
  freeze(): void
  thaw(): void
  /** Ends it; `restart` brings it back empty. */
  kill(): Promise<void>
  restart(): Promise<void>
  /** Asks it something, and gives the reply as it came. */
  ask(...words: string[]): Promise<string>
}

/** The binary to start: `EVICTIONARY_REDIS`, else a server on the PATH; or nothing. */
export function redisBinary(): string | undefined {
  const named = process.env["EVICTIONARY_REDIS"]
  if (named) return named
  const found = ["valkey-server", "redis-server"].find(
    (name) => spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0,
  )
  // Where tests run unattended, it is to be seen to that there is one, if the system has any.
  if (!found && process.env["CI"] && process.platform === "linux") {
    throw new Error(
      "there is neither valkey-server nor redis-server, and this is not to be skipped",
    )
  }
  return found
}

/** Starts a server on a random port of the loopback address, with nothing kept on disk. */
export async function startRedis(binary: string, options: string[] = []): Promise<RedisServer> {
  const port = await freePort()
  const args = ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
  let supervisor: ChildProcess
  let pid = 0
  let folder = ""

  async function start(): Promise<void> {
    folder = mkdtempSync(join(tmpdir(), "evictionary-redis-"))
    const command = [binary, ...args, "--dir", folder, "--daemonize", "no", ...options]
    supervisor = spawn(process.execPath, ["-e", SUPERVISOR, ...command], {
      stdio: ["pipe", "pipe", "inherit"],
      detached: true,
    })
    supervisor.unref()
    let hasEnded = false
    supervisor.on("exit", () => {
      hasEnded = true
    })
    const [text] = (await once(supervisor.stdout!, "data")) as [Buffer]
    pid = Number(String(text))
    while (!(await isUp(port))) {
      if (hasEnded) throw new Error(`${binary} has ended`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    for (const stream of [supervisor.stdin, supervisor.stdout])
      (stream as { unref?(): void }).unref?.()
  }

  await start()
  return {
    port,
    freeze: () => process.kill(pid, "SIGSTOP"),
    thaw: () => process.kill(pid, "SIGCONT"),
    async kill() {
      const gone = once(supervisor, "exit")
      supervisor.ref()
      supervisor.stdin!.destroy()
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
    restart: start,
    ask: (...words) => ask(port, words),
  }
}

/** One command on a connection of its own; the reply as it came, or `` if there was none. */
function ask(port: number, words: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1")
    const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`)
    socket.end(`*${words.length}\r\n${parts.join("")}`)
    let reply = ""
    socket.on("data", (data) => {
      reply += data
    })
    socket.on("error", reject)
    socket.on("end", () => resolve(reply))
  })
}

async function isUp(port: number): Promise<boolean> {
  try {
    return (await ask(port, ["PING"])).includes("PONG")
  } catch {
    return false
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
