import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { mkdirSync } from "node:fs"
import { connect } from "node:net"
import { join } from "node:path"
import { build } from "esbuild"
import { afterEach, beforeAll, expect, test } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import type { News, Order } from "./process.ts"
import { until } from "./until.ts"
import { binary, withServer } from "./with-server.ts"

const folder = join(import.meta.dirname, "../node_modules/.cache/")
const program = `${folder}process.mjs`

/** So many processes, with so many callers each. */
const [PROCESSES, CALLERS] = deep ? [8, 50] : [3, 5]

withServer("processes", (server) => {
  let all: ChildProcess[] = []

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true })
    await build({
      entryPoints: [join(import.meta.dirname, "process.ts")],
      outfile: program,
      bundle: true,
      format: "esm",
      platform: "node",
      conditions: ["@evictionary/source"],
      external: ["ioredis"],
    })
  })

  afterEach(() => {
    for (const each of all) each.kill("SIGKILL")
    all = []
  })

  function start(): ChildProcess {
    const child = fork(program)
    all.push(child)
    return child
  }

  const tell = (child: ChildProcess, order: Order) => child.send(order)

  function next(child: ChildProcess, is: News["is"]): Promise<News> {
    return new Promise((resolve) => {
      child.on("message", function hear(news: News) {
        if (news.is !== is) return
        child.off("message", hear)
        resolve(news)
      })
    })
  }

  async function startLinked(lease: boolean): Promise<ChildProcess[]> {
    const children = Array.from({ length: PROCESSES }, start)
    await Promise.all(
      children.map((child) => {
        tell(child, { start: { port: server().port, lease } })
        return next(child, "linked")
      }),
    )
    return children
  }

  const loadIn = (children: ChildProcess[], key: string, takes: number) =>
    children.map((child) => {
      const loaded = next(child, "loaded")
      tell(child, { load: { key, callers: CALLERS, takes } })
      return loaded
    })

  const right = Array(CALLERS).fill("value")

  test("that ask at once with a lease load once", async () => {
    const news = await Promise.all(loadIn(await startLinked(true), "leased", 300))
    expect(news.map(({ values }) => values)).toEqual(news.map(() => right))
    expect(news.reduce((sum, { loads = 0 }) => sum + loads, 0)).toBe(1)
  })

  test("that ask at once without one load once each at most", async () => {
    const news = await Promise.all(loadIn(await startLinked(false), "shared", 300))
    expect(news.map(({ values }) => values)).toEqual(news.map(() => right))
    expect(Math.max(...news.map(({ loads = 0 }) => loads))).toBeLessThanOrEqual(1)
  })

  test("one of which is killed while it loads for all load twice", async () => {
    const children = await startLinked(true)
    let begun = 0
    let owner: ChildProcess | undefined
    for (const child of children) {
      child.on("message", ({ is }: News) => {
        if (is !== "loading") return
        if (begun++ > 0) return
        owner = child
        child.kill("SIGKILL")
      })
    }
    const loading = loadIn(children, "orphan", 200)
    await until(() => owner !== undefined)
    const left = loading.filter((_, n) => children[n] !== owner)
    const news = await Promise.all(left)
    expect(news.map(({ values }) => values)).toEqual(news.map(() => right))
    expect(begun).toBe(2)
  })

  test("have no handle left when their cache is closed, and end by themselves", async () => {
    const [child] = await startLinked(false)
    tell(child!, { end: true })
    await next(child!, "ended")
    if (child!.exitCode === null) await once(child!, "exit")
    expect(child!.exitCode).toBe(0)
  })

  test("that are killed take their server with them", async () => {
    const child = start()
    tell(child, { serve: binary! })
    const { port = 0 } = await next(child, "serving")
    child.kill("SIGKILL")
    await until(
      () =>
        new Promise((resolve) => {
          const socket = connect(port, "127.0.0.1", () => {
            socket.destroy()
            resolve(false)
          })
          socket.on("error", () => resolve(true))
        }),
    )
  })
})
