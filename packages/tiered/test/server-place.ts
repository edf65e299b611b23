import type { Tier, TierConnection } from "@evictionary/tiered"
import { quiet } from "@evictionary/tiered/memory"
import type { MakePlace } from "./explorer.ts"

const OPERATIONS = [
  "read",
  "store",
  "write",
  "remove",
  "invalidate",
  "clear",
  "renew",
  "release",
  "pulse",
] as const

let places = 0

/** A place on a real server: each command, each reply and each message waits for its turn. */
export function onServer(inner: Tier): MakePlace {
  return async (gate) => {
    const namespace = `explored-${++places}`
    const spare = await inner.connect({ name: namespace, origin: "spare" })
    const heard: number[] = []
    let running = 0

    function gated(connection: TierConnection, origin: string): TierConnection {
      let requests: Promise<unknown> = Promise.resolve()
      let replies: Promise<unknown> = Promise.resolve()
      const ask = (operation: string, act: () => Promise<unknown>) => {
        const executed = requests
          .then(() => gate({ kind: "execute", role: "data", origin, operation }))
          .then(() => {
            running++
            return act().finally(() => running--)
          })
        requests = executed.catch(() => {})
        const answered = Promise.all([replies, executed]).then(async ([, answer]) => {
          await gate({ kind: "answer", role: "data", origin, operation })
          return answer
        })
        replies = answered.catch(() => {})
        return answered
      }
      const methods = OPERATIONS.map((name) => {
        const method = connection[name] as (...args: unknown[]) => Promise<unknown>
        return [name, (...args: unknown[]) => ask(name, () => method(...args))]
      })
      return {
        ...(Object.fromEntries(methods) as unknown as TierConnection),
        onClose: (listener) => connection.onClose(listener),
        close: () => connection.close(),
      }
    }

    const tier: Tier = {
      async connect(space) {
        await gate({ kind: "connect", role: "data", origin: space.origin })
        return gated(await inner.connect(space), space.origin)
      },
      listen(space, hear) {
        const { origin } = space
        const index = heard.push(0) - 1
        let last: Promise<unknown> = Promise.resolve()
        return inner.listen(space, (message) => {
          if (message.kind !== "ended") heard[index] = message.number
          last = last
            .then(() => gate({ kind: "tell", role: "bus", origin }))
            .then(() => hear(message))
        })
      },
    }

    /** Commands are executed, and all that was told has arrived. */
    async function settle(): Promise<void> {
      do await quiet()
      while (running > 0)
      const { number } = await spare.pulse()
      while (heard.some((each) => each < number)) await quiet()
      await quiet()
    }

    return { tier, namespace, settle, end: () => spare.close() }
  }
}
