import { type Slot, SlotHeap } from "@evictionary/core"
import fc from "fast-check"
import { expect, it } from "vitest"
import { alike, same } from "../../../scripts/same.ts"
import { partsAfter } from "./parts.ts"

it("a heap is in the order of priorities, and of the turns in which those were set", () => {
  const operations = fc.constantFrom("add", "add", "update", "remove")
  const step = fc.tuple(operations, fc.nat(29), fc.constantFrom(-1, -0, 0, 0.5, 2, Infinity))
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200, size: "max" }), (steps) => {
      const { parts, slots } = partsAfter(30)
      const heap = new SlotHeap(parts)
      /** In the order of turns. */
      let model: [slot: Slot, priority: number][] = []
      for (const [operation, n, priority] of steps) {
        const slot = slots[n] as Slot
        if (heap.has(slot) === (operation === "add")) continue
        model = model.filter(([other]) => other !== slot)
        if (operation === "remove") {
          heap.remove(slot)
        } else {
          heap[operation](slot, priority)
          model.push([slot, priority])
          same(heap.priorityOf(slot), priority, `priority of ${slot}`)
        }
        // Stable.
        const sorted = [...model].sort(([, a], [, b]) => (a === b ? 0 : a - b))
        const order = sorted.map(([slot]) => slot)
        alike([...heap], order, "order")
        same(heap.size, order.length, "size")
        same(heap.first, order[0] ?? 0, "first")
      }
      const held = slots.filter((slot) => heap.has(slot))
      expect(held).toEqual(slots.filter((slot) => model.some(([other]) => other === slot)))
    }),
  )
})

it("a heap may change while it is iterated, which sees what it was", () => {
  const { parts, slots } = partsAfter(20)
  const heap = new SlotHeap(parts)
  for (const slot of slots) heap.add(slot, slot % 3)
  const before = [...heap]
  const seen: Slot[] = []
  for (const slot of heap) {
    seen.push(slot)
    heap.update(slot, -seen.length)
  }
  expect(seen).toEqual(before)
  expect([...heap]).toEqual(before.reverse())
})
