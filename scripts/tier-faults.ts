import type { FaultProxy } from "./fault-proxy.ts"
import type { RedisServer } from "./redis-server.ts"

/** A process that reaches the server through a proxy, and what is in between. */
export interface Path {
  readonly server: RedisServer
  readonly proxy: FaultProxy
  /** Whose keys are there. */
  readonly namespace: string
}

/** Something that goes wrong on the way, or in the server. */
export interface Fault {
  readonly title: string
  begin(path: Path): unknown
  end(path: Path): unknown
  /** Callers notice it: in the end the cache is down. */
  readonly isOutage?: boolean
  /** It is a matter of the server, whatever the path. */
  readonly isOfServer?: boolean
}

/** A proxy does something until it passes everything again. */
function mode(title: string, mode: FaultProxy["mode"], isOutage = true): Fault {
  return {
    title,
    isOutage,
    begin({ proxy }) {
      proxy.mode = mode
    },
    end({ proxy }) {
      proxy.mode = "pass"
      // What was lost in mid-stream is lost for good, which no TCP would stand.
      if (mode !== "hold") proxy.reset()
    },
  }
}

function latency(milliseconds: number): Fault {
  return {
    title: `${milliseconds} ms latency, each way`,
    begin({ proxy }) {
      proxy.delay = milliseconds
    },
    end({ proxy }) {
      proxy.delay = 0
    },
  }
}

function reply(title: string, bytes: string): Fault {
  return {
    title,
    isOutage: true,
    begin({ proxy }) {
      proxy.reply = Buffer.from(bytes, "latin1")
    },
    end({ proxy }) {
      proxy.reply = undefined
      proxy.reset()
    },
  }
}

/** One thing happens, and is over. */
function once(title: string, begin: Fault["begin"], isOfServer = false): Fault {
  return { title, begin, end: () => {}, isOfServer }
}

export const FAULTS: readonly Fault[] = [
  {
    title: "frozen (SIGSTOP)",
    isOutage: true,
    isOfServer: true,
    begin: ({ server }) => server.freeze(),
    end: ({ server }) => server.thaw(),
  },
  mode("partition that heals", "hold"),
  mode("half-open for ever", "swallow"),
  mode("replies lost", "mute"),
  mode("requests lost", "deaf"),
  latency(30),
  latency(200),
  once("connections reset", ({ proxy }) => proxy.reset()),
  once("reply cut in the middle", ({ proxy }) => {
    proxy.cut = 3
  }),
  reply("wrong reply", "$5\r\nhello\r\n"),
  reply("garbage", "\x00\xffgarbage\r\n"),
  {
    title: "no connection to be had",
    isOutage: true,
    begin({ proxy }) {
      proxy.mode = "refuse"
      proxy.reset()
    },
    end({ proxy }) {
      proxy.mode = "pass"
    },
  },
  {
    title: "killed, and restarted empty",
    isOutage: true,
    isOfServer: true,
    begin: ({ server }) => server.kill(),
    end: ({ server }) => server.restart(),
  },
  once("FLUSHALL", ({ server }) => server.ask("FLUSHALL"), true),
  {
    title: "out of memory, noeviction",
    isOfServer: true,
    async begin({ server }) {
      await server.ask("CONFIG", "SET", "maxmemory-policy", "noeviction")
      await server.ask("CONFIG", "SET", "maxmemory", "1000000")
    },
    end: ({ server }) => server.ask("CONFIG", "SET", "maxmemory", "0"),
  },
  {
    title: "meta key of another type",
    isOfServer: true,
    async begin({ server, namespace }) {
      await server.ask("DEL", `{${namespace}}m`)
      await server.ask("LPUSH", `{${namespace}}m`, "1")
    },
    end: ({ server, namespace }) => server.ask("DEL", `{${namespace}}m`),
  },
  once("SCRIPT FLUSH", ({ server }) => server.ask("SCRIPT", "FLUSH"), true),
  once("the bus is killed", ({ server }) => server.ask("CLIENT", "KILL", "TYPE", "pubsub"), true),
]

/** What calls have come to. */
export interface Traffic {
  /** Milliseconds that each took, in order. */
  readonly times: number[]
  loads: number
  /** Values that were wrong, and errors that callers got. */
  readonly faults: string[]
}

/** What is asked for values. */
interface Source {
  getOrLoad(key: string, load: (key: string) => Promise<string>): string | Promise<string>
}

let serial = 0

/** Mixed traffic, 20 calls at a time, half of them for keys that nobody has. */
export async function traffic(cache: Source, goesOn: (round: number) => boolean): Promise<Traffic> {
  const result: Traffic = { times: [], loads: 0, faults: [] }
  const load = async (key: string) => {
    result.loads++
    return `value of ${key}`
  }
  const call = async (n: number) => {
    const key = n % 2 ? `hot ${n}` : `cold ${serial++}`
    const start = performance.now()
    try {
      const value = await cache.getOrLoad(key, load)
      if (value !== `value of ${key}`) result.faults.push(`${key} is ${value}`)
    } catch (error) {
      result.faults.push(`${key}: ${error}`)
    }
    result.times.push(performance.now() - start)
  }
  for (let round = 0; goesOn(round); round++) {
    await Promise.all(Array.from({ length: 20 }, (_, n) => call(n)))
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  result.times.sort((one, other) => one - other)
  return result
}
