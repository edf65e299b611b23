import { splitOptions } from "@evictionary/core"
import { expect, it } from "vitest"

it("options are read once, own or inherited, and parted", () => {
  const read: string[] = []
  class Base {
    readonly #capacity = 5
    get capacity() {
      read.push("capacity")
      return this.#capacity
    }
    method() {}
  }
  class Options extends Base {
    readonly size = 3
    get key() {
      read.push("key")
      return "id"
    }
  }
  const options = new Options()
  const [own, others] = splitOptions(options, ["key", "cache"])
  expect(own).toEqual({ key: "id", cache: undefined })
  expect([others.capacity, others.size, Object.keys(others)]).toEqual([5, 3, ["size"]])
  expect(read).toEqual(["key", "capacity"])
  expect(Object.keys(splitOptions(Object.create({ size: 3 }), [])[1])).toEqual(["size"])
})

it("what an object overrides is not read where it is inherited", () => {
  const inherited = {
    get key(): string {
      throw new Error("overridden")
    },
  }
  const options = Object.create(inherited, { key: { value: "own" } })
  expect(splitOptions(options, ["key"])[0]).toEqual({ key: "own" })
})
