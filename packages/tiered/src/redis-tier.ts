import { randomBytes } from "node:crypto"
import type { Driver, DriverConnection } from "./driver.ts"
import { messageFrom, type Place, packed, placeOf } from "./redis-format.ts"
import { ANSWER, checked, ELSEWHERE, readingFrom } from "./redis-replies.ts"
import { type ScriptName, scripts } from "./scripts.ts"
import {
  type Tier,
  type TierConnection,
  type TierListener,
  type TierQuestion,
  TierRefusal,
  type TierSpace,
} from "./tier.ts"

export interface RedisTierOptions {
  /**
   * The most tags of a space whose invalidation is remembered; when there are more, the older half is
   * forgotten, and with it all entries that were loaded before.
   *
   * @default 10_000
   */
  readonly tags?: number | undefined
}

/** How long the server knows who may write, in milliseconds, since the last heartbeat. */
const SESSION = 600_000

/** A Redis (7.0 or later) or Valkey server as a second tier. */
export function redisTier(driver: Driver, { tags = 10_000 }: RedisTierOptions = {}): Tier {
  return {
    async connect(space) {
      const connection = new RedisConnection(await driver.open(`{${space.name}}m`), space, tags)
      await connection.begin()
      return connection
    },
    async listen({ name }, hear) {
      const connection = await driver.open(`{${name}}m`)
      const listener = new Ending(connection)
      try {
        await connection.subscribe(`{${name}}b`, (text) => {
          const message = messageFrom(text)
          if (message) hear(message)
        })
      } catch (error) {
        connection.close()
        throw error
      }
      return listener
    },
  }
}

class Ending implements TierListener {
  protected readonly connection: DriverConnection
  private listener: (() => void) | undefined
  private hasEnded: boolean

  constructor(connection: DriverConnection) {
    this.connection = connection
    this.listener = undefined
    this.hasEnded = false
    connection.onClose(() => this.end())
  }

  onClose(listener: () => void): void {
    this.listener = listener
    if (this.hasEnded) listener()
  }

  close(): void {
    this.listener = undefined
    this.connection.close()
  }

  /** It is good for nothing any more. */
  protected end(): void {
    const { listener } = this
    this.hasEnded = true
    this.close()
    listener?.()
  }
}

const LETTERS: Record<TierQuestion["mode"], string> = {
  peek: "p",
  load: "l",
  wait: "w",
  renew: "r",
}

class RedisConnection extends Ending implements TierConnection {
  private readonly prefix: string
  private readonly origin: string
  private readonly session: string
  private readonly tags: number
  private tokens: number

  constructor(connection: DriverConnection, { name, origin }: TierSpace, tags: number) {
    super(connection)
    this.prefix = `{${name}}`
    this.origin = origin
    this.session = randomBytes(9).toString("base64url")
    this.tags = tags
    this.tokens = 0
  }

  /** From now on this is the connection that may write. */
  async begin(): Promise<void> {
    try {
      await this.feel("1")
    } catch (error) {
      this.connection.close()
      throw error
    }
  }

  read: TierConnection["read"] = async (questions, { lease, refreshAhead }) => {
    const places = questions.map(({ key }) => placeOf(key))
    const token = `${this.session}${this.tokens++}`
    const letters = questions.map(({ mode }) => LETTERS[mode]).join("")
    const reply = await this.run("read", this.keysOf(places), [
      fresh(),
      whole(lease),
      token,
      `${refreshAhead}`,
      letters,
    ])
    const answers = checked(reply, places.length * 3)
    return places.map((place, n) => readingFrom(answers, n * 3, place))
  }

  store: TierConnection["store"] = async (loads) => {
    const places = loads.map(({ key }) => placeOf(key))
    const args = loads.flatMap(({ fence, entry }, n) => {
      const place = places[n]!
      return [place.label, fence, packed(entry, place)]
    })
    const reply = await this.run("store", this.keysOf(places), [fresh(), this.channel, ...args])
    return checked(reply, places.length).map((stored) => Number(stored) === 1)
  }

  write: TierConnection["write"] = async (key, entry) => {
    const place = placeOf(key)
    const keys = [...this.keysOf([place]), this.owner]
    const { label } = place
    const reply = await this.change("write", keys, [this.session, label, packed(entry, place)])
    return Number(reply) === 1
  }

  remove: TierConnection["remove"] = async (keys) => {
    const places = keys.map(placeOf)
    const labels = places.map(({ label }) => label)
    await this.change("remove", this.keysOf(places), labels)
  }

  invalidate: TierConnection["invalidate"] = async (tags) => {
    const names = tags.map(encodeURIComponent)
    await this.change("invalidate", [this.meta], [`${this.tags}`, ...names])
  }

  clear: TierConnection["clear"] = async () => {
    await this.change("clear", [this.meta], [])
  }

  renew: TierConnection["renew"] = async (leases, lease) => {
    const keys = leases.map(({ key }) => this.leaseOf(placeOf(key)))
    await this.run("renew", keys, [whole(lease), ...leases.map(({ fence }) => fence)])
  }

  release: TierConnection["release"] = async ({ key, fence }) => {
    const place = placeOf(key)
    await this.run("release", [this.leaseOf(place)], [this.channel, fence, place.label])
  }

  pulse: TierConnection["pulse"] = async () => this.feel("0")

  private async feel(begins: "0" | "1") {
    const keys = [this.meta, this.owner]
    const reply = await this.run("pulse", keys, [fresh(), this.session, `${SESSION}`, begins])
    const [incarnation, number, current] = checked(reply, 3)
    return {
      incarnation: String(incarnation),
      number: Number(number),
      current: Number(current) === 1,
    }
  }

  private get meta(): string {
    return `${this.prefix}m`
  }

  private get channel(): string {
    return `${this.prefix}b`
  }

  private get owner(): string {
    return `${this.prefix}o:${this.origin}`
  }

  private leaseOf({ name }: Place): string {
    return `${this.prefix}l${name}`
  }

  private keysOf(places: readonly Place[]): string[] {
    const { prefix } = this
    return [this.meta, ...places.flatMap(({ name }) => [`${prefix}k${name}`, `${prefix}l${name}`])]
  }

  /** Runs a script by its digest; if the server does not know it, by its text. */
  private async run(name: ScriptName, keys: string[], args: (string | Buffer)[]) {
    const { digest } = scripts[name]
    try {
      return await this.send(["EVALSHA", digest, `${keys.length}`, ...keys, ...args])
    } catch (error) {
      if (!(error instanceof TierRefusal && error.message.startsWith("NOSCRIPT"))) throw error
      return this.eval(name, keys, args)
    }
  }

  /**
   * Runs a script that changes something for all: by its text, always. To send it a second time would
   * be to send it after what has been sent since, which may have changed the same key.
   */
  private change(name: ScriptName, keys: string[], args: (string | Buffer)[]) {
    return this.eval(name, keys, [fresh(), this.channel, this.origin, ...args])
  }

  private eval(name: ScriptName, keys: string[], args: (string | Buffer)[]) {
    return this.send(["EVAL", scripts[name].text, `${keys.length}`, ...keys, ...args])
  }

  private async send(args: (string | Buffer)[]): Promise<unknown> {
    try {
      return await this.connection.send(args)
    } catch (error) {
      const { message } = error as Error
      if (!ANSWER.test(message)) throw error
      if (ELSEWHERE.test(message)) this.end()
      throw new TierRefusal(message, { cause: error })
    }
  }
}

/** What a space is called if it is new. */
function fresh(): string {
  return randomBytes(9).toString("base64url")
}

function whole(milliseconds: number): string {
  return `${Math.ceil(milliseconds)}`
}
