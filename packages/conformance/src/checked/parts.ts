import type { GhostList, Slot, SlotList } from "@evictionary/core"
import type { Watch } from "./watch.ts"

/** The list that it stands for, which notices what lists must not be asked. */
export class CheckedList {
  readonly isOfGhosts: boolean
  private readonly real: SlotList
  private readonly watch: Watch
  /** Counts the changes. */
  private version: number

  constructor(real: SlotList, watch: Watch) {
    this.isOfGhosts = "forget" in real
    this.real = real
    this.watch = watch
    this.version = 0
  }

  get name(): string {
    return this.watch.nameOf(this)
  }

  get size(): number {
    this.watch.step()
    return this.real.size
  }

  get oldest(): Slot {
    this.watch.step()
    return this.real.oldest
  }

  get youngest(): Slot {
    this.watch.step()
    return this.real.youngest
  }

  younger(slot: Slot): Slot {
    this.checkHere(slot, "younger", slot)
    return this.real.younger(slot)
  }

  older(slot: Slot): Slot {
    this.checkHere(slot, "older", slot)
    return this.real.older(slot)
  }

  has(slot: Slot): boolean {
    this.watch.step()
    return this.real.has(slot)
  }

  addYoungest(slot: Slot): void {
    this.enter(slot, "addYoungest", slot)
    this.real.addYoungest(slot)
  }

  addOldest(slot: Slot): void {
    this.enter(slot, "addOldest", slot)
    this.real.addOldest(slot)
  }

  addAfter(other: Slot, slot: Slot): void {
    this.checkHere(other, "addAfter", other, slot)
    this.enter(slot, "addAfter", other, slot)
    this.real.addAfter(other, slot)
  }

  remove(slot: Slot): void {
    this.leave(slot, "remove")
    if (this.isOfGhosts) this.watch.leaveGhosts(slot)
    this.real.remove(slot)
  }

  moveToYoungest(slot: Slot): void {
    this.checkHere(slot, "moveToYoungest", slot)
    this.version++
    this.real.moveToYoungest(slot)
  }

  moveAfter(other: Slot, slot: Slot): void {
    this.checkHere(other, "moveAfter", other, slot)
    this.checkHere(slot, "moveAfter", other, slot)
    if (other === slot) this.fault("moveAfter", [other, slot], "these are the same")
    this.version++
    this.real.moveAfter(other, slot)
  }

  /** Only of ghosts. */
  forget(slot: Slot): void {
    this.leave(slot, "forget")
    this.watch.forget(slot, this)
    const ghosts = this.real as GhostList
    ghosts.forget(slot)
  }

  *[Symbol.iterator](): Generator<Slot, void, undefined> {
    for (const slot of this.real) {
      const { version } = this
      this.watch.step()
      yield slot
      if (version !== this.version) this.watch.fail(`changes ${this.name} while iterating it`)
    }
  }

  private checkHere(slot: Slot, method: string, ...args: Slot[]): void {
    this.watch.step()
    const place = this.watch.places[slot]
    if (place === this) return
    const where = place === undefined ? "in no list" : `in ${place.name}`
    this.fault(method, args, `slot ${slot} is ${where}`)
  }

  private enter(slot: Slot, method: string, ...args: Slot[]): void {
    const { watch } = this
    watch.step()
    const place = watch.places[slot]
    if (place !== undefined) this.fault(method, args, `slot ${slot} is in ${place.name} already`)
    if (!watch.knows(slot) || slot === 0) this.fault(method, args, `slot ${slot} is free`)
    if (this.isOfGhosts) watch.enterGhosts(slot, this)
    watch.places[slot] = this
    this.version++
  }

  private leave(slot: Slot, method: string): void {
    this.checkHere(slot, method, slot)
    this.watch.places[slot] = undefined
    this.version++
  }

  private fault(method: string, args: Slot[], why: string): void {
    this.watch.fail(`calls ${this.name}.${method}(${args.join(", ")}), and ${why}`)
  }
}

/** What columns have in common. */
export interface Column {
  get(slot: Slot): number
  set(slot: Slot, value: number): void
}

/** What a column can hold. */
export interface Range {
  readonly what: string
  includes(value: number): boolean
}

/**
 * The column that it stands for, which notices what columns must not be asked.
 *
 * A policy may keep something else than entries in a column, buckets, say, which it numbers itself.
 * As soon as it writes where no entry has ever been, nothing is known of what the numbers mean.
 */
export class CheckedColumn implements Column {
  private readonly real: Column
  private readonly range: Range
  private readonly watch: Watch
  private isBySlot: boolean

  constructor(real: Column, range: Range, watch: Watch) {
    this.real = real
    this.range = range
    this.watch = watch
    this.isBySlot = true
  }

  /** What is noted of a slot without an entry may be read as long as it is nothing. */
  get(slot: Slot): number {
    this.watch.step()
    const value = this.real.get(slot)
    if (value === undefined) this.fault("get", [slot], "there is no such slot")
    else if (value !== 0 && this.isFree(slot)) this.fault("get", [slot], "that slot is free")
    return value
  }

  set(slot: Slot, value: number): void {
    const { watch, range, real } = this
    watch.step()
    if (typeof value !== "number" || !range.includes(value)) {
      this.fault("set", [slot, value], `it holds ${range.what}`)
    }
    const before = real.get(slot)
    if (before === undefined || (slot === 0 && value !== 0)) {
      this.fault("set", [slot, value], "there is no such slot")
    }
    if (slot !== 0 && this.isBySlot && !watch.hasMet(slot)) this.isBySlot = false
    if (value !== before && this.isFree(slot)) {
      this.fault("set", [slot, value], "that slot is free")
    }
    real.set(slot, value)
  }

  private isFree(slot: Slot): boolean {
    return this.isBySlot && !this.watch.knows(slot) && this.watch.hasMet(slot)
  }

  private fault(method: string, args: unknown[], why: string): void {
    const { watch } = this
    watch.fail(`calls ${watch.nameOf(this)}.${method}(${args.join(", ")}), and ${why}`)
  }
}
