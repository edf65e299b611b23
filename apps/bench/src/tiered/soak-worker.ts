import { parentPort, workerData } from "node:worker_threads"
import { lru } from "@evictionary/lru"
import { tiered } from "@evictionary/tiered"
import { ioredis } from "@evictionary/tiered/ioredis"
import { Redis } from "ioredis"
import { type SharedTruth, Truth } from "./truth.ts"

export const STALENESS = 1_000
export const WHILE_DOWN = 3_000

/** Milliseconds after a fault in which connections may still have to be made. */
const HEALING = 6_000

/** What a thread is told. */
export interface SoakTask {
  readonly soak: true
  readonly port: number
  readonly index: number
  readonly threads: number
  readonly lease: boolean
  readonly truth: SharedTruth
}

/** What it tells now and then. */
export interface SoakCount {
  readonly reads: number
  readonly changes: number
  /** Changes that the second tier did not take at once. */
  readonly late: number
  readonly loads: number
  readonly hits: Readonly<Record<string, number>>
  readonly violations: readonly string[]
}

interface Value {
  readonly version: number
}

/** Stands for a process: reads and changes keys, and looks at what it gets. */
export async function soakThread(): Promise<void> {
  const { port, index, threads, lease, truth: shared } = workerData as SoakTask
  const truth = new Truth(shared)
  const cache = tiered<string, Value>({
    l1: { strategy: lru, capacity: 48 },
    l2: ioredis(new Redis({ host: "127.0.0.1", port, lazyConnect: true })),
    namespace: "soak",
    ttl: 20_000,
    staleness: STALENESS,
    whileDown: WHILE_DOWN,
    staleIfError: 1,
    lease,
    wait: 1_000,
    onError() {},
  })
  /** The last version that this thread has told its cache of. */
  const own = new Int32Array(truth.keys)
  const violations: string[] = []
  let reads = 0
  let changes = 0
  let late = 0
  let isOver = false
  const tagOf = (key: number) => `tag ${key % 8}`

  const load = (key: number) => async (): Promise<Value> => {
    const version = truth.version(key)
    await sleep(Math.random() * 20)
    return { version }
  }

  async function read(key: number): Promise<void> {
    const known = truth.known(key)
    const told = own[key] ?? 0
    const start = truth.now()
    const terms = { tags: [tagOf(key)] }
    const found =
      Math.random() < 0.3
        ? await cache.get(`${key}`)
        : await cache.getOrLoad(`${key}`, load(key), terms)
    reads++
    if (!found) return
    const { version } = found
    const age = start - known.time
    // Where nothing has been wrong for so long that all has healed, before the change and since.
    const isQuiet = truth.quietSince + HEALING < known.time
    const most = isQuiet ? STALENESS : STALENESS + WHILE_DOWN
    if (version < known.version && age > most) {
      const quiet = isQuiet ? "healthy" : "with faults"
      violations.push(`${key}: ${version} for ${known.version} after ${age} ms, ${quiet}`)
    }
    if (version < told) violations.push(`${key}: ${version}, but this thread has told ${told}`)
  }

  async function change(): Promise<void> {
    const mine = Math.floor((Math.random() * truth.keys) / threads) * threads + index
    const version = truth.change(mine)
    own[mine] = version
    changes++
    const how = Math.random()
    const taken = await (how < 0.4
      ? cache.delete(`${mine}`)
      : how < 0.8
        ? cache.set(`${mine}`, { version }, { tags: [tagOf(mine)] })
        : how < 0.97
          ? cache.invalidate(tagOf(mine))
          : cache.clear())
    if (taken) truth.acknowledge(mine, version)
    else late++
  }

  async function goOn(): Promise<void> {
    while (!isOver) {
      const one = Math.random() < 0.08 ? change() : read(Math.floor(Math.random() * truth.keys))
      await one.catch((error: unknown) => violations.push(`rejected: ${error}`))
      await sleep(Math.random() * 8)
    }
  }

  const report = () => {
    const { hits, loads } = cache.stats
    const counts: SoakCount = { reads, changes, late, loads, hits, violations }
    parentPort?.postMessage(counts)
  }
  const timer = setInterval(report, 1_000)
  parentPort?.once("message", () => {
    isOver = true
  })
  await Promise.all(Array.from({ length: 4 }, goOn))
  clearInterval(timer)
  report()
  await cache.close()
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
