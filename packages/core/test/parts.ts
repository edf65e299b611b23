import { defineStrategy, type Slot, type SlotParts } from "@evictionary/core"
import { Recency } from "./policies.ts"

/** The parts of a cache that has stored `entries`, as its policy gets them. */
export function partsAfter(entries: number): { parts: SlotParts; slots: Slot[] } {
  let parts: SlotParts | undefined
  const spy = defineStrategy("spy", ({ slots }) => {
    parts = slots
    return new Recency(slots)
  })
  const cache = spy<number, number>({ capacity: Infinity })
  for (let n = 0; n < entries; n++) cache.set(n, n)
  if (parts === undefined) throw new Error("no policy was made")
  // Slots are not in a list of the ones made below, since the cache is not used any more.
  return { parts, slots: Array.from({ length: entries }, (_, n) => n + 2) }
}
