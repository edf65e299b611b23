import { SegmentedList, type Slot } from "@evictionary/core"
import fc from "fast-check"
import { it } from "vitest"
import { alike, same } from "../../../scripts/same.ts"
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
        alike([...list], all, "iteration")
        const younger = all.map((slot) => list.younger(slot))
        alike(younger, [...all.slice(1), 0].slice(0, all.length), "younger ones")
        same(list.size, all.length, "size")
        same(list.limit, model.limit, "limit")
        same(list.oldest, all[0] ?? 0, "oldest")
        same(list.oldestOnProbation, model.probation[0] ?? 0, "oldest on probation")
        for (const slot of slots) same(list.has(slot), model.has(slot), `has ${slot}`)
      }
    }),
  )
})
