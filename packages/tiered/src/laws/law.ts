import { isDeepStrictEqual } from "node:util"
import type {
  Tier,
  TierConnection,
  TierEntry,
  TierMessage,
  TierQuestion,
  TierReading,
  TierReadTerms,
} from "../tier.ts"

/** A tier that is to be held to the laws. */
export interface TierSubject {
  readonly tier: Tier
  /** Lets so many milliseconds pass, by the tier's clock, or at least that many. */
  wait(milliseconds: number): Promise<unknown>
}

export interface TierLaw {
  /** The heading it stands under. */
  readonly chapter: string
  /** A sentence that says what must be. */
  readonly title: string
  /** Rejects if the tier does not keep the law. */
  check(subject: TierSubject): Promise<void>
}

/** A space that nobody else has, and some who use it. */
export interface World {
  /** Opens another connection; of another origin, unless that of one is given. */
  connect(origin?: string): Promise<TierConnection>
  /** What is heard from now on. */
  listen(): Promise<TierMessage[]>
  wait: TierSubject["wait"]
  /** Waits until it is so, by letting time pass. */
  until(isSo: () => boolean, what: string): Promise<void>
}

let spaces = 0

/** A law that is checked in a space of its own. */
export function law(
  chapter: string,
  title: string,
  holds: (world: World) => Promise<void>,
): TierLaw {
  return {
    chapter,
    title,
    async check({ tier, wait }) {
      const name = `law-${process.pid}-${++spaces}`
      const open: { close(): void }[] = []
      let origins = 0
      try {
        await holds({
          wait,
          async connect(origin = `origin-${++origins}`) {
            const connection = await tier.connect({ name, origin })
            open.push(connection)
            return connection
          },
          async listen() {
            const heard: TierMessage[] = []
            const hear = (message: TierMessage) => heard.push(message)
            open.push(await tier.listen({ name, origin: `origin-${++origins}` }, hear))
            return heard
          },
          async until(isSo, what) {
            for (let tries = 0; !isSo(); tries++) {
              if (tries === PATIENCE) throw new Error(`in vain it was waited for ${what}`)
              await wait(5)
            }
          },
        })
      } finally {
        for (const each of open) each.close()
      }
    },
  }
}

/** How often a law looks whether something has come, 5 ms apart. */
const PATIENCE = 1_000

/** What nobody is asked about. */
export const TERMS: TierReadTerms = { lease: 60_000, refreshAhead: 1 }

/** An entry that stays for a minute. */
export function entryOf(payload: string | Uint8Array, about: Partial<TierEntry> = {}): TierEntry {
  return { kind: "x", payload, fresh: 60_000, kept: 0, tags: [], ...about }
}

/** What the tier says of one key. */
export async function look(
  connection: TierConnection,
  key: string,
  mode: TierQuestion["mode"] = "peek",
  terms: TierReadTerms = TERMS,
): Promise<TierReading> {
  const [reading = {}] = await connection.read([{ key, mode }], terms)
  return reading
}

/** The payload of a fresh entry, or `undefined`. */
export async function payloadOf(
  connection: TierConnection,
  key: string,
): Promise<TierEntry["payload"] | undefined> {
  return (await look(connection, key)).entry?.payload
}

/** The fence of a key; there must be one. */
export async function fenceOf(connection: TierConnection, key: string): Promise<string> {
  const { fence } = await look(connection, key, "load")
  if (fence === undefined) throw new Error(`no lease could be taken for ${JSON.stringify(key)}`)
  return fence
}

/** Throws, with both in the message, unless they are the same by content. */
export function same(actual: unknown, expected: unknown, what: string): void {
  if (isDeepStrictEqual(actual, expected)) return
  throw new Error(`${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`)
}

/** Throws if there is an entry, or a lease was taken. */
export function nothing({ entry, fence }: TierReading, what: string): void {
  same([entry, fence], [undefined, undefined], what)
}

export function ensure(holds: boolean, what: string): void {
  if (!holds) throw new Error(what)
}
