import { once } from "node:events"
import { connect, createServer, type Socket } from "node:net"

/**
 * What a proxy does with what passes through it:
 *
 * - `"pass"`: hands it on;
 * - `"hold"`: keeps it until it passes again, as a partition that heals;
 * - `"deaf"`, `"mute"`: loses requests, or replies; `"swallow"` both, as a path that is half open;
 * - `"refuse"`: resets new connections, and lets old ones be.
 */
export type ProxyMode = "deaf" | "hold" | "mute" | "pass" | "refuse" | "swallow"

/** A proxy between clients and a server, with faults. Its modes are for open connections too. */
export interface FaultProxy {
  readonly port: number
  mode: ProxyMode
  /** Milliseconds that each chunk takes, each way. */
  delay: number
  /** What is sent in place of every reply. */
  reply: Buffer | undefined
  /** How many bytes of the next reply come through, before the connection ends. */
  cut: number | undefined
  /** Resets all connections. */
  reset(): void
  close(): Promise<void>
}

interface Pair {
  readonly client: Socket
  readonly server: Socket
}

export async function faultProxy(port: number): Promise<FaultProxy> {
  const pairs = new Set<Pair>()
  let mode: ProxyMode = "pass"
  let held: (() => void)[] = []

  const listener = createServer((client) => {
    if (mode === "refuse") return void client.resetAndDestroy()
    const server = connect(port, "127.0.0.1")
    const pair = { client, server }
    const end = () => {
      pairs.delete(pair)
      client.destroy()
      server.destroy()
    }
    pairs.add(pair)
    for (const socket of [client, server]) {
      socket.setNoDelay(true).on("error", end).on("close", end)
    }
    pipe(client, server, "deaf")
    pipe(server, client, "mute", end)
  })

  /** `end` is for replies, which may be replaced or cut. */
  function pipe(from: Socket, to: Socket, lost: ProxyMode, end?: () => void): void {
    let last = Promise.resolve()
    from.on("data", (chunk: Buffer) => {
      if (mode === "swallow" || mode === lost) return
      if (end && proxy.cut !== undefined) {
        to.write(chunk.subarray(0, proxy.cut))
        proxy.cut = undefined
        setImmediate(end)
        return
      }
      const sent = end && proxy.reply ? proxy.reply : chunk
      const { delay } = proxy
      const time =
        mode === "hold"
          ? new Promise<void>((resolve) => held.push(resolve))
          : delay > 0 && new Promise<void>((resolve) => setTimeout(resolve, delay))
      last = last.then(() => time || undefined).then(() => void to.write(sent))
    })
  }

  listener.listen(0, "127.0.0.1")
  await once(listener, "listening")
  const proxy: FaultProxy = {
    port: (listener.address() as { port: number }).port,
    get mode() {
      return mode
    },
    set mode(next) {
      mode = next
      if (mode === "hold") return
      const going = held
      held = []
      for (const go of going) go()
    },
    delay: 0,
    reply: undefined,
    cut: undefined,
    reset() {
      for (const { client, server } of pairs) {
        client.resetAndDestroy()
        server.destroy()
      }
      pairs.clear()
    },
    async close() {
      listener.close()
      for (const { client, server } of pairs) {
        client.destroy()
        server.destroy()
      }
    },
  }
  return proxy
}
