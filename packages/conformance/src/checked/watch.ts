import type { Policy, Slot } from "@evictionary/core"
import type { CheckedList } from "./parts.ts"

/** A policy did what the contract of policies, lists or columns forbids. */
export class Misuse extends Error {}

let noticed: Misuse | undefined
let running: Watch | undefined

/** The first misuse since the last question, though somebody may have caught it. */
export function takeMisuse(): Misuse | undefined {
  const misuse = noticed
  noticed = undefined
  return misuse
}

/** The call of a policy that has not come to its end, when somebody has ended all. */
export function takeRunning(): string | undefined {
  const call = running?.call
  running = undefined
  return call
}

let taken = 0

/** How often policies have turned to checked parts since the program began. */
export function stepsTaken(): number {
  return taken
}

/** That of the policy that is at work. */
export function runningWatch(): Watch | undefined {
  return running
}

/** Steps that a call may take: so many, and so many more for each slot that the policy knows. */
const STEPS = 20_000
const STEPS_PER_SLOT = 100

type Member = (...args: unknown[]) => unknown

/**
 * What a policy does with its parts, and what it must not do: one for each policy. After an
 * exception it looks no further, for nobody knows then what the policy has left undone.
 */
export class Watch {
  /** The list that a slot is in. */
  readonly places: (CheckedList | undefined)[] = []
  /** What the parts are called where the policy has no field for them. */
  readonly parts: Map<object, string> = new Map()
  /** Whether a slot has an entry; there is an answer if it ever had one. */
  private readonly residency: (boolean | undefined)[] = []
  private known = 0
  private policy: Policy | undefined
  /** Slots on lists of ghosts, how many there may be for each entry that fits, and those. */
  private ghosts = 0
  private mostGhosts = Infinity
  private capacity = Infinity
  private isBlind = false
  private steps = 0
  private most = STEPS
  /** The call that is going on. */
  private member: string | symbol = "the constructor"
  private args: readonly unknown[] | undefined
  /** The slot of the key that enters, from `evict` until `onInsert`; then what a call is about. */
  private incoming: Slot = 0
  private subject: Slot = 0
  /** Slots that have come onto a list of ghosts, or off it, or were forgotten, in this call. */
  private turned: Slot[] = []

  constructor() {
    running = this
  }

  /** The call that is going on, as it would stand in code. */
  get call(): string {
    const { member, args } = this
    if (args === undefined) return String(member)
    if (typeof member === "symbol") return "[Symbol.iterator]"
    return `${member}(${args.map((arg) => (Array.isArray(arg) ? "entries" : String(arg))).join(", ")})`
  }

  /** Each look at a part is a step; an endless loop ends here. */
  step(): void {
    taken++
    if (++this.steps > this.most) this.fail(`does not come to an end: so far ${this.most} steps`)
  }

  /** Ends the call, unless nothing is known of it. */
  fail(what: string): void {
    if (this.isBlind) return
    this.isBlind = true
    const misuse = new Misuse(`${this.call} ${what}`)
    noticed ??= misuse
    throw misuse
  }

  /** Whether the cache knows a key for the slot. */
  knows(slot: Slot): boolean {
    return (
      this.residency[slot] === true ||
      this.places[slot] !== undefined ||
      slot === this.subject ||
      slot === this.incoming
    )
  }

  /** Whether the slot has, or has had, an entry. */
  hasMet(slot: Slot): boolean {
    return this.residency[slot] !== undefined || this.knows(slot)
  }

  /** No part may be made any more. */
  checkNew(kind: string): void {
    if (this.policy !== undefined) this.fail(`calls slots.${kind}(): only the constructor may`)
  }

  enterGhosts(slot: Slot, list: CheckedList): void {
    if (this.member === "onRemove" && slot === this.subject) {
      this.fail(`adds slot ${slot} to ${list.name}: what was deleted cannot become a ghost`)
    }
    this.turned.push(slot)
    this.ghosts++
  }

  leaveGhosts(slot: Slot): void {
    this.turned.push(slot)
    this.ghosts--
  }

  /** The engine takes it off the ghosts, for it is to come in. */
  recall(slot: Slot): void {
    if (this.places[slot] === undefined) return
    this.places[slot] = undefined
    this.ghosts--
  }

  forget(slot: Slot, list: CheckedList): void {
    this.ghosts--
    if (slot === this.incoming) {
      this.fail(`forgets slot ${slot} in ${list.name}: its key is coming in`)
    }
    if (this.residency[slot] === true) this.turned.push(slot)
    else this.turned = this.turned.filter((each) => each !== slot)
  }

  /** The field of the policy that holds the part, else what it is. */
  nameOf(part: object): string {
    const name = this.policy === undefined ? undefined : fieldOf(this.policy, part, 2)
    return name ?? this.parts.get(part) ?? "a part"
  }

  /** The bounds that the policy has to keep. */
  expect(capacity: number, ghosts: number): void {
    this.capacity = capacity
    this.mostGhosts = ghosts
  }

  /** What stands in for the policy, so that its calls are watched. */
  watched(policy: Policy): Policy {
    running = undefined
    if (typeof policy !== "object" || policy === null) return policy
    this.policy = policy
    const watched: Record<string | symbol, Member> = {}
    for (let holder: object = policy; holder !== Object.prototype; ) {
      for (const name of Reflect.ownKeys(holder)) {
        if (name === "constructor" || Object.hasOwn(watched, name)) continue
        if (typeof Reflect.getOwnPropertyDescriptor(holder, name)?.value !== "function") continue
        const member = Reflect.get(policy, name) as Member
        watched[name] = (...args) => this.perform(name, member, args)
      }
      const next = Object.getPrototypeOf(holder) as object | null
      if (next === null) break
      holder = next
    }
    return watched as unknown as Policy
  }

  private perform(name: string | symbol, member: Member, args: unknown[]): unknown {
    if (this.isBlind) return Reflect.apply(member, this.policy, args)
    this.begin(name, args)
    try {
      let result = Reflect.apply(member, this.policy, args)
      if (name === Symbol.iterator) result = this.counted(result as Iterator<Slot>)
      this.end(args, result)
      return result
    } catch (error) {
      this.isBlind = true
      throw error
    } finally {
      running = undefined
    }
  }

  private begin(name: string | symbol, args: unknown[]): void {
    this.member = name
    this.args = args
    this.steps = 0
    this.most = STEPS + STEPS_PER_SLOT * this.known
    if (this.turned.length > 0) this.turned = []
    const [slot] = args
    this.subject = name === "evict" || typeof slot !== "number" ? 0 : slot
    if (name === "evict") this.incoming = slot as Slot
    if (name === "resize") this.capacity = slot as number
    running = this
  }

  private end(args: unknown[], result: unknown): void {
    const { member, subject } = this
    if (member === "evict") this.checkVictim(result)
    else if (member === "onInsert") {
      this.residency[subject] = true
      this.known++
      this.incoming = 0
      this.checkGhosts()
    } else if (member === "onRemove") {
      this.leave(subject)
      const place = this.places[subject]
      if (place !== undefined) this.fail(`leaves slot ${subject} in ${place.name}`)
    } else if (member === "arrange") this.checkArranged(args[0] as unknown[], result)
    for (const slot of this.turned) this.checkTurned(slot)
  }

  /**
   * With few entries there may be more ghosts: it is the keys that are known which have a bound. One
   * ghost is no burden, however small the share is.
   */
  private checkGhosts(): void {
    const { capacity, ghosts, known, mostGhosts } = this
    const most = capacity + Math.max(Math.ceil(mostGhosts * capacity), 1)
    if (ghosts > 0 && Math.min(known, capacity) + ghosts > most) {
      const those = `${ghosts} ghosts beside ${known} entries, with a capacity of ${capacity}`
      this.fail(`leaves ${those}: the strategy declares that \`ghosts\` is ${mostGhosts}`)
    }
  }

  private leave(slot: Slot): void {
    this.residency[slot] = false
    this.known--
  }

  /** A ghost is who was evicted, for as long as the key is known. */
  private checkTurned(slot: Slot): void {
    const place = this.places[slot]
    if (this.residency[slot] === true) {
      if (place?.isOfGhosts === true) {
        this.fail(`leaves slot ${slot}, which is resident, in ${place.name}`)
      }
      return
    }
    if (place === undefined && slot !== this.incoming && slot !== this.subject) {
      this.fail(`takes slot ${slot} off the ghosts, and does not forget it`)
    }
  }

  private checkVictim(victim: unknown): void {
    const slot = victim as Slot
    const isSlot = typeof victim === "number"
    const place = isSlot ? this.places[slot] : undefined
    if (!isSlot || this.residency[slot] !== true) {
      const what = typeof victim === "string" ? JSON.stringify(victim) : String(victim)
      const ghost = place?.isOfGhosts === true ? "a ghost" : "no slot of an entry"
      this.fail(`returns ${what}, which is ${ghost}`)
    }
    if (place !== undefined && !place.isOfGhosts) {
      this.fail(`returns slot ${slot}, which is still in ${place.name}`)
    }
    this.leave(slot)
    // It may have been forgotten before it was returned.
    if (place === undefined && this.turned.length > 0) {
      this.turned = this.turned.filter((each) => each !== slot)
    }
  }

  private checkArranged(given: readonly unknown[], arranged: unknown): void {
    if (!Array.isArray(arranged)) this.fail(`returns ${String(arranged)}, which is no array`)
    const those = new Set(arranged as unknown[])
    const lost = given.filter((entry) => !those.has(entry)).length
    if (lost > 0 || (arranged as unknown[]).length !== given.length) {
      const { length } = arranged as unknown[]
      this.fail(`returns ${length} of ${given.length} entries, and ${lost} are lost`)
    }
  }

  /** The same slots; each turn has a budget of its own. */
  private *counted(slots: Iterator<Slot>): Generator<Slot, void, undefined> {
    let seen = 0
    try {
      for (;;) {
        if (!this.isBlind) this.begin(Symbol.iterator, [])
        const { done, value } = slots.next()
        running = undefined
        if (done === true) return
        if (this.residency[value as Slot] !== true) {
          this.fail(`yields ${String(value)}, which is no slot of an entry`)
        }
        if (++seen > this.known) this.fail(`yields more than the ${this.known} slots of entries`)
        yield value
      }
    } finally {
      slots.return?.()
    }
  }
}

/** How to come from an object to a part that one of its fields holds. */
function fieldOf(holder: object, part: object, depth: number): string | undefined {
  for (const [name, value] of Object.entries(holder)) {
    if (value === part) return name
    if (typeof value !== "object" || value === null || depth === 1) continue
    const rest = fieldOf(value, part, depth - 1)
    if (rest !== undefined) return `${name}.${rest}`
  }
  return undefined
}
