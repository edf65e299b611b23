import { fifo } from "@evictionary/fifo"
import { expect, it } from "vitest"
import {
  foretellsVictims,
  forgetsWhenCleared,
  replacesAtCapacityOne,
} from "../../../scripts/against-model.ts"

it("the victim is the entry that was stored first, however much it is used", () => {
  const cache = fifo<string, number>({ capacity: 2 })
  cache.set("a", 1).set("b", 2)
  cache.get("a")
  cache.set("c", 3)
  expect([...cache.keys()]).toEqual(["b", "c"])
  cache.peek("b")
  cache.set("d", 4)
  expect([...cache.keys()]).toEqual(["c", "d"])
})

it("overwriting does not make an entry younger", () => {
  const cache = fifo<string, number>({ capacity: 2 })
  cache.set("a", 1).set("b", 2).set("a", 3).set("c", 4)
  expect([...cache]).toEqual([
    ["b", 2],
    ["c", 4],
  ])
})

it("what was deleted and comes back is the youngest", () => {
  const cache = fifo<string, number>({ capacity: 2 })
  cache.set("a", 1).set("b", 2).delete("a")
  cache.set("a", 3).set("c", 4)
  expect([...cache.keys()]).toEqual(["a", "c"])
})

foretellsVictims(fifo)
replacesAtCapacityOne(fifo)
forgetsWhenCleared(fifo)

it("the strategy says its name, and knows no options of its own", () => {
  expect(fifo.strategyName).toBe("fifo")
  expect(fifo.name).toBe("fifo")
  expect(fifo.neverEvicts).toBe(false)
  expect(fifo.options).toEqual([])
  expect(fifo({ capacity: 1 }).strategyName).toBe("fifo")
})
