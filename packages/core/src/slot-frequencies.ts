import { FrequencySketch, once } from "./frequency-sketch.ts"
import type { Slot } from "./slot-list.ts"
import type { SlotBytes, SlotIntegers, SlotParts } from "./slots.ts"

/** A note on a slot has its frequency in the low bits, and above the uses not in the sketch yet. */
const FREQUENCY = 15
const ONE_USE = 0x11

/**
 * How often the entries of a cache were used of late, 1 to 15, and before they came.
 *
 * The past of a key is in a {@link FrequencySketch}. While its entry is there, the uses are counted
 * beside it: that is faster, and other keys do not disturb it. They come to the sketch when it
 * leaves. Every operation is O(1), amortised; 5 bytes for each slot and those of the sketch.
 */
export class SlotFrequencies {
  private readonly sketch: FrequencySketch
  /** The hash of the key of each slot. */
  private readonly hashes: SlotIntegers
  private readonly notes: SlotBytes
  private readonly residents: Iterable<Slot>
  private capacity: number
  /** Slots above this number have never had an entry. */
  private last: Slot

  /**
   * `residents` are the entries that are there, in any order: the policy itself is fine. `capacity`
   * and `seed` are those of the sketch.
   */
  constructor(slots: SlotParts, residents: Iterable<Slot>, capacity: number, seed: number = 0) {
    this.sketch = new FrequencySketch(capacity, seed)
    this.hashes = slots.integers()
    this.notes = slots.bytes()
    this.residents = residents
    this.capacity = capacity
    this.last = 0
  }

  /** How often the entry was used of late, 1 to 15. */
  of(slot: Slot): number {
    return this.notes.get(slot) & FREQUENCY
  }

  /** The hash of its key, an integer of 32 bits. */
  hashOf(slot: Slot): number {
    return this.hashes.get(slot)
  }

  /** The entry was used. */
  use(slot: Slot): void {
    const note = this.notes.get(slot)
    const more = once(note & FREQUENCY)
    this.notes.set(slot, note + more * ONE_USE)
    if (this.sketch.tick(more)) this.fade()
  }

  /** An entry has come, which is its first use; it is one of the residents by now. */
  add(slot: Slot, key: unknown): void {
    const hash = this.sketch.hashOf(key)
    this.hashes.set(slot, hash)
    const before = this.sketch.add(hash, 1)
    const more = once(before)
    this.notes.set(slot, before + more)
    if (slot > this.last) this.last = slot
    if (this.sketch.tick(more)) this.fade()
  }

  /** The entry leaves. */
  remove(slot: Slot): void {
    const uses = this.notes.get(slot) >> 4
    if (uses > 0) this.sketch.add(this.hashes.get(slot), uses)
    this.notes.set(slot, 0)
  }

  /** The capacity of the cache has changed. */
  resize(capacity: number): void {
    this.capacity = capacity
    this.sketch.resize(capacity)
  }

  private fade(): void {
    let lost = 0
    if (this.last <= 2 * this.capacity) {
      for (let slot = 1; slot <= this.last; slot++) lost += this.halve(slot)
    } else {
      // The cache was larger once: entries are few and far between.
      for (const slot of this.residents) lost += this.halve(slot)
    }
    this.sketch.fade(lost)
  }

  /** Halves the frequency of a slot, and returns how many uses were lost; none if it is free. */
  private halve(slot: Slot): number {
    const note = this.notes.get(slot)
    const frequency = note & FREQUENCY
    const uses = note >> 4
    const usesLeft = (frequency >> 1) - ((frequency - uses) >> 1)
    this.notes.set(slot, (frequency >> 1) | (usesLeft << 4))
    return uses - 2 * usesLeft
  }
}
