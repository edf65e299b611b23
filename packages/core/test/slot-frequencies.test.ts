import { type Slot, SlotFrequencies } from "@evictionary/core"
import fc from "fast-check"
import { expect, it } from "vitest"
import { partsAfter } from "./parts.ts"

/** The frequencies of entries 0 to `count - 1`, each in the slot of that number in `slots`. */
function frequenciesOf(count: number, capacity: number) {
  const { parts, slots } = partsAfter(count)
  return { slots, frequencies: new SlotFrequencies(parts, slots, capacity) }
}

it("all uses of a key count, up to 15, also those before its entry left and came back", () => {
  const operations = fc.constantFrom("come", "use", "use", "use", "leave")
  const steps = fc.array(fc.tuple(operations, fc.nat(5)), { maxLength: 200, size: "max" })
  fc.assert(
    fc.property(steps, (steps) => {
      // No counts fade at this capacity.
      const { slots, frequencies } = frequenciesOf(6, 10_000)
      const uses = new Map<number, number>()
      const there = new Set<number>()
      for (const [operation, key] of steps) {
        const slot = slots[key] as Slot
        if (there.has(key) === (operation === "come")) continue
        if (operation === "leave") {
          frequencies.remove(slot)
          there.delete(key)
          continue
        }
        if (operation === "come") frequencies.add(slot, key)
        else frequencies.use(slot)
        there.add(key)
        uses.set(key, (uses.get(key) ?? 0) + 1)
        expect(frequencies.of(slot)).toBe(Math.min(uses.get(key) ?? 0, 15))
      }
    }),
  )
})

it("the past fades, of those that are there and of those that have left", () => {
  const { slots, frequencies } = frequenciesOf(64, 64)
  const [stays, leaves, ...others] = slots as [Slot, Slot, ...Slot[]]
  frequencies.add(stays, "stays")
  frequencies.add(leaves, "leaves")
  for (let n = 1; n < 10; n++) for (const slot of [stays, leaves]) frequencies.use(slot)
  frequencies.remove(leaves)
  for (const [key, slot] of others.entries()) frequencies.add(slot, key)
  // 20 uses and 62; ten for each entry have been counted after 558 more.
  for (let n = 0; n < 557; n++) frequencies.use(others[n % 62] as Slot)
  expect(frequencies.of(stays)).toBe(10)
  frequencies.use(others[61] as Slot)
  expect(frequencies.of(stays)).toBe(5)
  frequencies.add(leaves, "leaves")
  expect(frequencies.of(leaves)).toBe(6)
})

it("uses of other keys do not change the frequency of an entry that is there", () => {
  const { slots, frequencies } = frequenciesOf(2, 16)
  const [entry, other] = slots as [Slot, Slot]
  frequencies.add(entry, "entry")
  for (let key = 0; key < 100; key++) {
    frequencies.add(other, key)
    frequencies.remove(other)
  }
  expect(frequencies.of(entry)).toBe(1)
})

it("the past of the few entries that are left of many fades like that of any others", () => {
  const { slots, frequencies } = frequenciesOf(1_000, 1_000)
  for (const [key, slot] of slots.entries()) frequencies.add(slot, key)
  const left = slots.splice(995)
  for (const slot of slots.splice(0)) frequencies.remove(slot)
  slots.push(...left)
  for (const slot of left) for (let n = 1; n < 15; n++) frequencies.use(slot)
  frequencies.resize(8)
  const seen = new Set<number>()
  for (let n = 0; n < 1_000; n++) {
    const newcomer = slots[0] as Slot
    frequencies.remove(newcomer)
    frequencies.add(newcomer, -n)
    seen.add(frequencies.of(left[4] as Slot))
  }
  expect([...seen]).toEqual([7, 3, 1, 0])
})
