import { mean, median } from "simple-statistics"
import { type RedisServer, redisBinary, startRedis } from "../../../../scripts/redis-server.ts"
import type { Host } from "../host.ts"
import { Failure } from "../invocation.ts"
import { contenders } from "./contenders.ts"
import { PHASES, type Phase, type TieredTimes } from "./time.ts"

export interface TieredCostRow extends TieredTimes {
  readonly contender: string
  readonly phase: Phase
  readonly processes: number
  /** Microseconds of the server's processor for a call. */
  readonly server: number
}

export interface TieredCostReport {
  command: "tiered cost"
  machine: string
  rounds: number
  rows: TieredCostRow[]
}

/** With those that warm up. */
const CALLS = 10_000

/** Whether there is a first tier. */
const hasFirst = (contender: string) => contender !== "ioredis" && contender !== "node-redis"

/** Times everybody in turn, against a server of its own for each, in one and two processes. */
export async function measureTiers(
  { rounds }: { rounds: number },
  host: Host,
): Promise<TieredCostReport> {
  const binary = redisBinary()
  if (!binary) throw new Failure("there is no redis-server or valkey-server on the PATH")
  const found = new Map<string, TieredCostRow[]>()
  const names = Object.keys(contenders)
  const progress = host.startProgress(rounds * names.length * 2)
  try {
    for (let round = 1; round <= rounds; round++) {
      for (const contender of names) {
        for (const processes of [1, 2]) {
          progress.step(`${contender}, ${processes} processes, round ${round} of ${rounds}`)
          const server = await startRedis(binary)
          try {
            for (const row of await measureOne(contender, processes, server, host)) {
              const key = `${row.contender} ${row.phase} ${processes}`
              found.set(key, [...(found.get(key) ?? []), row])
            }
          } finally {
            await server.kill()
          }
        }
      }
    }
  } finally {
    progress.stop()
  }
  const rows = [...found.values()].map(middle)
  return { command: "tiered cost", machine: host.machine, rounds, rows }
}

async function measureOne(
  contender: string,
  processes: number,
  server: RedisServer,
  host: Host,
): Promise<TieredCostRow[]> {
  const rows: TieredCostRow[] = []
  const { port } = server
  for (const phase of PHASES) {
    if (phase === "first tier" && !hasFirst(contender)) continue
    const before = await cpuOf(server)
    const times = await Promise.all(
      Array.from({ length: processes }, (_, who) =>
        host.ask("timeTiers", { contender, phase, port, who, processes }),
      ),
    )
    const used = (await cpuOf(server)) - before
    const average = (of: (times: TieredTimes) => number) => mean(times.map(of))
    rows.push({
      contender,
      phase,
      processes,
      cpu: average(({ cpu }) => cpu),
      wall: average(({ wall }) => wall) / processes,
      median: average(({ median }) => median),
      p99: average(({ p99 }) => p99),
      server: phase === "first tier" ? 0 : used / (CALLS * processes),
    })
  }
  return rows
}

/** Microseconds of processor that the server has used. */
async function cpuOf(server: RedisServer): Promise<number> {
  const info = await server.ask("INFO", "cpu")
  const seconds = ["sys", "user"].map((kind) =>
    Number(new RegExp(`used_cpu_${kind}:([\\d.]+)`).exec(info)?.[1]),
  )
  return seconds.reduce((one, other) => one + other) * 1e6
}

/** The median of each figure. */
function middle(rows: TieredCostRow[]): TieredCostRow {
  const of = (figure: (row: TieredCostRow) => number) => median(rows.map(figure))
  return {
    ...rows[0]!,
    cpu: of(({ cpu }) => cpu),
    wall: of(({ wall }) => wall),
    median: of(({ median }) => median),
    p99: of(({ p99 }) => p99),
    server: of(({ server }) => server),
  }
}
