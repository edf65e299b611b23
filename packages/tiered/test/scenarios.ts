import type { Scenario, Version, World } from "./explorer.ts"

const warm = ({ a }: World) => a.set("k", { version: 1, load: "first" })
const tags = ["t"]

/** What two processes may be up to with one key. */
export const SCENARIOS: Record<string, Scenario> = {
  "one loads, the other deletes": {
    play({ a, b, load, change, begin }) {
      begin("A", () => a.getOrLoad("k", load("A")))
      change("B", () => b.delete("k"))
    },
  },
  "one loads, the other sets": {
    play({ a, b, load, change, begin }) {
      begin("A", () => a.getOrLoad("k", load("A")))
      change("B", (truth) => b.set("k", truth))
    },
  },
  "one loads, the other invalidates": {
    play({ a, b, load, change, begin }) {
      begin("A", () => a.getOrLoad("k", load("A"), { tags }))
      change("B", () => b.invalidate("t"))
    },
  },
  "one loads, the other clears": {
    play({ a, b, load, change, begin }) {
      begin("A", () => a.getOrLoad("k", load("A")))
      change("B", () => b.clear())
    },
  },
  "one loads, and deletes": {
    play({ a, load, change, begin }) {
      begin("A", () => a.getOrLoad("k", load("A")))
      change("A", () => a.delete("k"))
    },
  },
  "one loads, and sets": {
    play({ a, load, change, begin }) {
      begin("A", () => a.getOrLoad("k", load("A")))
      change("A", (truth) => a.set("k", truth))
    },
  },
  "one loads, and invalidates": {
    play({ a, load, change, begin }) {
      begin("A", () => a.getOrLoad("k", load("A"), { tags }))
      change("A", () => a.invalidate("t"))
    },
  },
  "one loads, and clears": {
    play({ a, load, change, begin }) {
      begin("A", () => a.getOrLoad("k", load("A")))
      change("A", () => a.clear())
    },
  },
  "both load": {
    play({ a, b, load, begin }) {
      begin("A", () => a.getOrLoad("k", load("A")))
      begin("B", () => b.getOrLoad("k", load("B")))
    },
  },
  "both load, with a lease": {
    lease: true,
    play({ a, b, load, begin }) {
      begin("A", () => a.getOrLoad("k", load("A")))
      begin("B", () => b.getOrLoad("k", load("B")))
    },
  },
  "one loads twice, the other deletes": {
    play({ a, b, load, change, begin }) {
      begin("A", async () => {
        await a.getOrLoad("k", load("A"))
        await a.getOrLoad("k", load("A"))
      })
      change("B", () => b.delete("k"))
    },
  },
  "one looks, the other sets": {
    first: ({ b }) => b.set("k", { version: 1, load: "first" }),
    play({ a, b, change, begin }) {
      begin("A", () => a.get("k"))
      change("B", (truth) => b.set("k", truth))
    },
  },
  "one looks, the other invalidates": {
    first: ({ b }) => b.set("k", { version: 1, load: "first" }, { tags }),
    play({ a, b, change, begin }) {
      begin("A", () => a.get("k"))
      change("B", () => b.invalidate("t"))
    },
  },
  "one looks, the other clears": {
    first: ({ b }) => b.set("k", { version: 1, load: "first" }),
    play({ a, b, change, begin }) {
      begin("A", () => a.get("k"))
      change("B", () => b.clear())
    },
  },
  "one has it, the other deletes and loads": {
    first: warm,
    play({ b, load, change }) {
      change("B", async () => {
        await b.delete("k")
        await b.getOrLoad("k", load("B"))
      })
    },
  },
  "both delete, and one reads what it has deleted": {
    first: warm,
    play({ a, b, change, faults }) {
      change("A", async (truth) => {
        await a.delete("k")
        const found = await a.get("k")
        if (found && found.version < truth.version) faults.push("it has read what it has deleted")
      })
      change("B", () => b.delete("k"))
    },
  },
  "one deletes and loads again, and reads only what is new": {
    play({ a, load, change, begin, faults }) {
      begin("A", () => a.getOrLoad("k", load("A")))
      change("A", async (truth) => {
        a.delete("k")
        const found = await a.getOrLoad("k", load("A"))
        if (found.version < truth.version) faults.push("it has loaded what it has deleted")
      })
    },
  },
  "one sets, the other deletes": {
    play({ a, b, begin }) {
      begin("A", () => a.set("k", FIRST))
      begin("B", () => b.delete("k"))
    },
  },
  "both set": {
    play({ a, b, begin }) {
      begin("A", () => a.set("k", FIRST))
      begin("B", () => b.set("k", { version: 1, load: "second" }))
    },
  },
}

const FIRST: Version = { version: 1, load: "first" }

/** More at once: exhaustively only where there is time. */
export const LARGE: Record<string, Scenario> = {
  "both load, one deletes": {
    play({ a, b, load, change, begin }) {
      begin("A", () => a.getOrLoad("k", load("A")))
      begin("B", () => b.getOrLoad("k", load("B")))
      change("B", () => b.delete("k"))
    },
  },
  "both load with a lease, one deletes": {
    lease: true,
    play({ a, b, load, change, begin }) {
      begin("A", () => a.getOrLoad("k", load("A")))
      begin("B", () => b.getOrLoad("k", load("B")))
      change("A", () => a.delete("k"))
    },
  },
  "one loads, both change": {
    play({ a, b, load, change, begin }) {
      begin("A", () => a.getOrLoad("k", load("A"), { tags }))
      change("A", () => a.delete("k"))
      change("B", () => b.invalidate("t"))
    },
  },
}
