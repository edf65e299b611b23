import { once } from "node:events"
import { type FaultProxy, faultProxy } from "../../../../scripts/fault-proxy.ts"
import { type RedisServer, redisBinary, startRedis } from "../../../../scripts/redis-server.ts"
import { FAULTS } from "../../../../scripts/tier-faults.ts"
import type { Host } from "../host.ts"
import { Failure } from "../invocation.ts"
import type { SoakCount, SoakTask } from "./soak-worker.ts"
import { createTruth, Truth } from "./truth.ts"

export interface TieredSoakOptions {
  minutes: number
  lease: boolean
}

export interface TieredSoakReport {
  command: "tiered soak"
  machine: string
  minutes: number
  threads: number
  /** How often each fault was brought about. */
  faults: Record<string, number>
  counts: SoakCount
}

const THREADS = 4

/** What a fault of all does to nobody in particular. */
const OF_ALL = ["killed, and restarted empty", "out of memory, noeviction"]

/**
 * Mixed traffic of several threads, each with a cache and a path to the server of its own, with
 * faults at random on the paths and in the server, against a checker that knows what is true.
 */
export async function soakTiers(
  { minutes, lease }: TieredSoakOptions,
  host: Host,
): Promise<TieredSoakReport> {
  const binary = redisBinary()
  if (!binary) throw new Failure("there is no redis-server or valkey-server on the PATH")
  const server = await startRedis(binary)
  const proxies = await Promise.all(Array.from({ length: THREADS }, () => faultProxy(server.port)))
  const shared = createTruth()
  const counts: (SoakCount | undefined)[] = []
  const threads = proxies.map(({ port }, index) => {
    const task: SoakTask = { soak: true, port, index, threads: THREADS, lease, truth: shared }
    const worker = host.startThread(task)
    worker.on("message", (count: SoakCount) => {
      counts[index] = count
    })
    return worker
  })
  const faults: Record<string, number> = {}
  const steps = Math.max(1, Math.round(minutes * 6))
  const progress = host.startProgress(steps)
  try {
    const end = performance.now() + minutes * 60_000
    for (let step = 1; performance.now() < end; step++) {
      const { violations } = sumOf(counts)
      progress.step(violations.at(-1) ?? "no promise is broken so far")
      await disturb(server, proxies, new Truth(shared), faults)
      // Now and then it is quiet for long enough that all must be as if nothing had been.
      await sleep(Math.min(end - performance.now(), step % 3 === 0 ? 15_000 : 3_000))
    }
    for (const worker of threads) worker.postMessage("end")
    await Promise.all(threads.map((worker) => once(worker, "exit")))
  } finally {
    progress.stop()
    await Promise.all(proxies.map((proxy) => proxy.close()))
    await server.kill()
  }
  const { machine } = host
  return {
    command: "tiered soak",
    machine,
    minutes,
    threads: THREADS,
    faults,
    counts: sumOf(counts),
  }
}

/** One fault, on one path or all of them, for up to six seconds. */
async function disturb(
  server: RedisServer,
  proxies: readonly FaultProxy[],
  truth: Truth,
  faults: Record<string, number>,
): Promise<void> {
  const fault = FAULTS[Math.floor(Math.random() * FAULTS.length)]!
  const ofAll = OF_ALL.includes(fault.title) || Math.random() < 0.3
  const chosen = ofAll ? proxies : [proxies[Math.floor(Math.random() * proxies.length)]!]
  const duration = 200 + Math.random() * 6_000
  const each = fault.isOfServer ? chosen.slice(0, 1) : chosen
  faults[fault.title] = (faults[fault.title] ?? 0) + 1
  truth.disturb(true)
  for (const proxy of each) await fault.begin({ server, proxy, namespace: "soak" })
  await sleep(duration)
  for (const proxy of each) await fault.end({ server, proxy, namespace: "soak" })
  truth.disturb(false)
}

function sumOf(counts: readonly (SoakCount | undefined)[]): SoakCount {
  const known = counts.filter((each) => each !== undefined)
  const sum = (of: (count: SoakCount) => number) => known.reduce((all, each) => all + of(each), 0)
  const states = [...new Set(known.flatMap(({ hits }) => Object.keys(hits)))]
  return {
    reads: sum(({ reads }) => reads),
    changes: sum(({ changes }) => changes),
    late: sum(({ late }) => late),
    loads: sum(({ loads }) => loads),
    hits: Object.fromEntries(states.map((state) => [state, sum(({ hits }) => hits[state] ?? 0)])),
    violations: known.flatMap(({ violations }) => violations),
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
