import { contenders } from "./contenders.ts"

/** Nobody has the value; the second tier has it; the first has it. */
export const PHASES = ["miss and store", "second tier", "first tier"] as const
export type Phase = (typeof PHASES)[number]

export interface TieredQuestion {
  readonly contender: string
  readonly phase: Phase
  readonly port: number
  /** Which of the processes this is, and how many there are. */
  readonly who: number
  readonly processes: number
}

/** Microseconds for a call. */
export interface TieredTimes {
  readonly cpu: number
  readonly wall: number
  readonly median: number
  readonly p99: number
}

const KEYS = 6_000
const AT_ONCE = 50
const WARM = 4_000
const HITS = 200_000

const made = (id: string) => ({ id, name: "x".repeat(150), list: [1, 2, 3], ok: true })

/** Times calls in this process: 50 at a time, one at a time for hits in the first tier. */
export async function timeTiers(question: TieredQuestion): Promise<TieredTimes> {
  const { contender, phase, port, who, processes } = question
  const cache = await contenders[contender]!(port)
  // In the second phase, what another process has stored.
  const owner = phase === "miss and store" ? who : (who + 1) % processes
  const get = (n: number) => {
    const key = `${owner}-${n}`
    return cache.get(key, async () => made(key))
  }
  try {
    // So that it is compiled; the keys are there in the second phase.
    await measure(WARM, AT_ONCE, (n) => get(-1 - n))
    if (phase !== "first tier") return await measure(KEYS, AT_ONCE, get)
    for (let n = 0; n < KEYS; n++) await get(n)
    await measure(HITS / 10, 1, (n) => get(n % KEYS))
    return await measure(HITS, 1, (n) => get(n % KEYS))
  } finally {
    // What is stored in the background is stored before the next process looks for it.
    await new Promise((resolve) => setTimeout(resolve, 300))
    await cache.close()
  }
}

async function measure(
  calls: number,
  atOnce: number,
  call: (n: number) => unknown,
): Promise<TieredTimes> {
  const times = new Float64Array(calls)
  let next = 0
  const start = performance.now()
  const before = process.cpuUsage()
  const worker = async () => {
    while (next < calls) {
      const n = next++
      const begin = performance.now()
      await call(n)
      times[n] = performance.now() - begin
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  const { user, system } = process.cpuUsage(before)
  const wall = ((performance.now() - start) * 1_000) / calls
  times.sort()
  const at = (share: number) => (times[Math.floor(share * (calls - 1))] ?? 0) * 1_000
  return { cpu: (user + system) / calls, wall, median: at(0.5), p99: at(0.99) }
}
