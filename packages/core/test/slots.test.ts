import { defineStrategy, type Slot, type SlotParts } from "@evictionary/core"
import fc from "fast-check"
import { expect, it } from "vitest"
import { alike, same } from "../../../scripts/same.ts"
import { partsAfter } from "./parts.ts"
import { Recency } from "./policies.ts"

it("lists behave like arrays, and a slot is in the list that it was put in", () => {
  const step = fc.tuple(
    fc.constantFrom(
      "addYoungest",
      "addOldest",
      "addAfter",
      "remove",
      "moveToYoungest",
      "moveAfter",
    ),
    fc.nat(19),
    fc.nat(2),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100, size: "max" }), (steps) => {
      const { parts, slots } = partsAfter(20)
      const lists = [parts.list(), parts.ghosts(), parts.list()]
      const models: Slot[][] = [[], [], []]
      for (const slot of slots) models[0]?.push(slot)
      for (const slot of slots) lists[0]?.addYoungest(slot)
      for (const [operation, place, which] of steps) {
        const slot = slots[place] as Slot
        const at = models.findIndex((model) => model.includes(slot))
        const neighbour = models[at]?.[which] ?? slot
        if (operation === "moveAfter") {
          if (neighbour === slot) continue
          lists[at]?.moveAfter(neighbour, slot)
          models[at]?.splice(models[at].indexOf(slot), 1)
          models[at]?.splice(models[at].indexOf(neighbour) + 1, 0, slot)
          continue
        }
        if (operation === "moveToYoungest") {
          if (at < 0) continue
          lists[at]?.moveToYoungest(slot)
          models[at]?.splice(models[at].indexOf(slot), 1)
          models[at]?.push(slot)
          continue
        }
        if (at >= 0) {
          lists[at]?.remove(slot)
          models[at]?.splice(models[at].indexOf(slot), 1)
        }
        if (operation === "addYoungest") {
          lists[which]?.addYoungest(slot)
          models[which]?.push(slot)
        } else if (operation === "addOldest") {
          lists[which]?.addOldest(slot)
          models[which]?.unshift(slot)
        } else if (operation === "addAfter") {
          const other = models[which]?.[place % 3] ?? 0
          if (other === 0) lists[which]?.addYoungest(slot)
          else lists[which]?.addAfter(other, slot)
          models[which]?.splice(other === 0 ? Infinity : (place % 3) + 1, 0, slot)
        }
      }
      lists.forEach((list, index) => {
        const model = models[index] as Slot[]
        alike([...list], model, `list ${index}`)
        same(list.size, model.length, "size")
        same(list.oldest, model[0] ?? 0, "oldest")
        same(list.youngest, model.at(-1) ?? 0, "youngest")
        model.forEach((slot, place) => {
          same(list.younger(slot), model[place + 1] ?? 0, `younger than ${slot}`)
          same(list.older(slot), model[place - 1] ?? 0, `older than ${slot}`)
        })
        for (const slot of [0, ...slots]) {
          same(list.has(slot), model.includes(slot), `list ${index} has ${slot}`)
        }
      })
    }),
  )
})

it.each(["bytes", "integers", "floats"] as const)(
  "%s begin as 0, and are kept while storage grows",
  (kind) => {
    let bytes: ReturnType<SlotParts[typeof kind]> | undefined
    const counting = defineStrategy("counting", ({ slots }) => {
      const column = slots[kind]()
      bytes = column
      return new (class extends Recency {
        override onHit(slot: Slot): void {
          column.set(slot, column.get(slot) + 1)
        }
      })(slots)
    })
    const cache = counting<number, number>({ capacity: 1_000 })
    for (let n = 0; n < 1_000; n++) {
      cache.set(n, n)
      if (n % 3 === 0) cache.get(n)
    }
    const counts = Array.from({ length: 1_000 }, (_, n) => bytes?.get(n + 2))
    expect(counts).toEqual(Array.from({ length: 1_000 }, (_, n) => (n % 3 === 0 ? 1 : 0)))
  },
)

it("a policy may have more lists than a new cache has slots", () => {
  const many = defineStrategy("many", ({ slots }) => {
    const lists = Array.from({ length: 40 }, () => slots.list())
    return new (class extends Recency {
      override onInsert(slot: Slot): void {
        lists[3]?.addYoungest(slot)
      }
      override evict(): Slot {
        const victim = lists[3]?.oldest ?? 0
        lists[3]?.remove(victim)
        return victim
      }
      override [Symbol.iterator](): Iterator<Slot> {
        return (lists[3] as Iterable<Slot>)[Symbol.iterator]()
      }
    })(slots)
  })
  const cache = many<number, number>({ capacity: 100 })
  for (let n = 0; n < 250; n++) cache.set(n, n)
  expect([...cache.keys()]).toEqual(Array.from({ length: 100 }, (_, n) => n + 150))
})
