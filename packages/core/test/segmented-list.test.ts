import { SegmentedList, type Slot } from "@evictionary/core"
import fc from "fast-check"
import { expect, it } from "vitest"
import { partsAfter } from "./parts.ts"

/** Two arrays, each from the oldest to the youngest. */
class Model {
  probation: Slot[] = []
  protected: Slot[] = []
  limit = Infinity

  has = (slot: Slot) => this.probation.includes(slot) || this.protected.includes(slot)

  addYoungest(slot: Slot): void {
    this.probation.push(slot)
  }

  addOldest(slot: Slot): void {
    this.probation.unshift(slot)
  }

  use(slot: Slot): void {
    this.remove(slot)
    this.protected.push(slot)
    this.setLimit(this.limit)
  }

  remove(slot: Slot): void {
    this.probation = this.probation.filter((other) => other !== slot)
    this.protected = this.protected.filter((other) => other !== slot)
  }

  setLimit(limit: number): void {
    this.limit = limit
    const overflow = Math.max(this.protected.length - limit, 0)
    this.probation.push(...this.protected.splice(0, overflow))
  }
}

it("segments behave like two arrays, whatever comes, is used, leaves, or changes the limit", () => {
  const operations = fc.constantFrom("addYoungest", "addOldest", "use", "use", "remove", "limit")
  const steps = fc.array(fc.tuple(operations, fc.nat(9)), { maxLength: 100, size: "max" })
  fc.assert(
    fc.property(steps, (steps) => {
      const { parts, slots } = partsAfter(10)
      const list = new SegmentedList(parts)
      const model = new Model()
      for (const [operation, n] of steps) {
        const slot = slots[n] as Slot
        if (operation === "limit") {
          list.limit = n
          model.setLimit(n)
        } else if (model.has(slot) === operation.startsWith("add")) {
          continue
        } else {
          list[operation](slot)
          model[operation](slot)
        }
        const all = [...model.probation, ...model.protected]
        expect([...list]).toEqual(all)
        expect(all.map((slot) => list.younger(slot))).toEqual(
          [...all.slice(1), 0].slice(0, all.length),
        )
        expect([list.size, list.limit]).toEqual([[...list].length, model.limit])
        expect(list.oldest).toBe([...list][0] ?? 0)
        expect(list.oldestOnProbation).toBe(model.probation[0] ?? 0)
        for (const slot of slots) expect(list.has(slot)).toBe(model.has(slot))
      }
    }),
  )
})
