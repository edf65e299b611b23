import { bytes, type Codec } from "@evictionary/tiered"
import { describe, expect, test } from "vitest"
import { deferred, pair } from "./pair.ts"

describe("a load", () => {
  test("is shared by all who ask for the key", async () => {
    const { a, settle } = await pair()
    const { promise, resolve } = deferred<number>()
    let loads = 0
    const load = () => {
      loads++
      return promise
    }
    const answers = [1, 2, 3].map(() => a.getOrLoad("k", load))
    await settle()
    answers.push(a.getOrLoad("k", load))
    resolve(7)
    expect(await Promise.all(answers)).toEqual([7, 7, 7, 7])
    expect(loads).toBe(1)
    expect(a.stats).toMatchObject({ joins: 3, loads: 1 })
  })

  test("that fails rejects those who wait, and the next one loads", async () => {
    const { a } = await pair()
    const fails = [1, 2].map(() =>
      Promise.resolve(a.getOrLoad("k", () => Promise.reject(new Error("no")))).catch(String),
    )
    expect(await Promise.all(fails)).toEqual(["Error: no", "Error: no"])
    expect(await a.getOrLoad("k", () => 1)).toBe(1)
    expect(a.stats).toMatchObject({ loads: 2, loadFailures: 1 })
  })

  test("may throw, and may give its value at once", async () => {
    const { a } = await pair()
    const throwing = async () =>
      a.getOrLoad("k", () => {
        throw new Error("at once")
      })
    await expect(throwing()).rejects.toThrow("at once")
    expect(await a.getOrLoad("k", () => 2)).toBe(2)
  })

  test("goes on while anybody waits, and is aborted when the last has left", async () => {
    const { a, settle } = await pair()
    const [one, other] = [new AbortController(), new AbortController()]
    let signal: AbortSignal | undefined
    const load = (_: string, terms: { signal: AbortSignal }) => {
      signal = terms.signal
      return new Promise(() => {})
    }
    const answers = [one, other].map(({ signal }) =>
      Promise.resolve(a.getOrLoad("k", load, { signal })).catch((reason) => reason),
    )
    await settle()
    one.abort("one left")
    expect(await answers[0]).toBe("one left")
    expect(signal?.aborted).toBe(false)
    other.abort("the other left")
    expect(await answers[1]).toBe("the other left")
    expect(signal?.aborted).toBe(true)
    expect(await a.getOrLoad("k", () => "new")).toBe("new")
    const late = Promise.resolve(a.getOrLoad("j", load, { signal: one.signal }))
    await expect(late).rejects.toBe("one left")
  })

  test("that is out of date is not joined, and stores nothing", async () => {
    const { a, b, settle } = await pair()
    const { promise, resolve } = deferred<string>()
    const old = a.getOrLoad("k", () => promise)
    await settle()
    for (const change of [() => b.delete("k"), () => a.invalidate("none"), () => b.clear()]) {
      await change()
      await settle()
    }
    expect(await a.getOrLoad("k", () => "new")).toBe("new")
    resolve("old")
    expect(await old).toBe("old")
    await settle()
    expect([await a.get("k"), await b.get("k")]).toEqual(["new", "new"])
  })
})

describe("with a lease", () => {
  test("one process loads, and the others wait for it", async () => {
    const { a, b, settle, clock } = await pair({ lease: true })
    const { promise, resolve } = deferred<string>()
    const first = a.getOrLoad("k", () => promise)
    await settle()
    const second = b.getOrLoad("k", () => "b has loaded")
    await clock.advance(4_000)
    resolve("a has loaded")
    expect(await first).toBe("a has loaded")
    await settle()
    expect(await second).toBe("a has loaded")
    expect(b.stats.leaseWaits).toBeGreaterThan(0)
  })

  test("nobody waits for longer than `wait`", async () => {
    const { a, b, settle, clock } = await pair({ lease: true, wait: 1_000 })
    const { promise } = deferred<string>()
    a.getOrLoad("k", () => promise)
    await settle()
    const second = b.getOrLoad("k", () => "b")
    await clock.advance(1_600)
    expect(await second).toBe("b")
  })

  test("the load of a process that has died is taken over when its lease is up", async () => {
    const { a, b, settle, clock, tier } = await pair({ lease: true, leaseTtl: 900 })
    a.getOrLoad("k", () => new Promise(() => {}))
    await settle()
    await clock.advance(2_000)
    const second = b.getOrLoad("k", () => "b")
    await clock.advance(1_000)
    // It is renewed as long as its process lives.
    expect(b.stats.loads).toBe(0)
    tier.faults.hold(({ operation, kind }) => kind === "execute" && operation === "renew")
    await clock.advance(1_600)
    expect(await second).toBe("b")
  })

  test("a value that is set meanwhile is given to those who wait", async () => {
    const { a, b, settle } = await pair({ lease: true })
    a.getOrLoad("k", () => new Promise(() => {}))
    await settle()
    const second = b.getOrLoad("k", () => "loaded")
    await settle()
    await a.set("k", "set")
    await settle()
    expect(await second).toBe("set")
  })
})

describe("several keys", () => {
  test("are one question, and one load of those that are missing", async () => {
    const questions: string[] = []
    const { a, b, settle } = await pair(
      {},
      {
        gate({ kind, operation }) {
          if (kind === "execute" && operation !== "pulse") questions.push(operation!)
          return undefined
        },
      },
    )
    await b.set("1", "one")
    await b.set("3", undefined)
    await settle()
    questions.length = 0
    expect(await a.getMany(["1", "2", "3"])).toEqual(["one", undefined, undefined])
    expect(questions).toEqual(["read"])
    const loaded: string[][] = []
    const load = async (keys: string[]) => {
      loaded.push(keys)
      return keys.map((key) => `loaded ${key}`)
    }
    const keys = ["1", "2", "3", "4", "2"]
    const values = ["one", "loaded 2", undefined, "loaded 4", "loaded 2"]
    expect(await a.getOrLoadMany(keys, load)).toEqual(values)
    expect(loaded).toEqual([["2", "4"]])
    await settle()
    expect(questions).toEqual(["read", "read", "store"])
    expect(await b.getMany(["4", "2"])).toEqual(["loaded 4", "loaded 2"])
    expect(await a.getOrLoadMany([], load)).toEqual([])
  })

  test("that others are loading are waited for", async () => {
    const { a, settle } = await pair()
    const { promise, resolve } = deferred<string>()
    const one = a.getOrLoad("1", () => promise)
    const many = a.getOrLoadMany(["1", "2"], async (keys) => keys)
    await settle()
    resolve("first")
    expect(await one).toBe("first")
    expect(await many).toEqual(["first", "2"])
  })

  test("of which some cannot be loaded reject who asked for those", async () => {
    const { a, settle } = await pair()
    const some = a.getOrLoadMany(["1", "2"], async () => ["one", new Error("no 2")])
    await expect(some).rejects.toThrow("no 2")
    await settle()
    expect(await a.get("1")).toBe("one")
    const wrong = a.getOrLoadMany(["4", "5"], async () => ["one"])
    await expect(wrong).rejects.toThrow("`load(keys)` must be an array of 2 values")
    const all = a.getOrLoadMany(["6"], () => Promise.reject(new Error("none")))
    await expect(all).rejects.toThrow("none")
  })

  test("are aborted together", async () => {
    const { a, settle } = await pair()
    const controller = new AbortController()
    let signal: AbortSignal | undefined
    const many = a.getOrLoadMany(
      ["1", "2"],
      (_, terms) => {
        signal = terms.signal
        return new Promise(() => {})
      },
      { signal: controller.signal },
    )
    const left = many.catch((reason: unknown) => reason)
    await settle()
    controller.abort("left")
    expect(await left).toBe("left")
    expect(signal?.aborted).toBe(true)
  })
})

describe("every value is a value", () => {
  const VALUES = [undefined, null, 0, -1.5, "", "\ud83d", false, [], {}, { a: [1] }, 2 ** 53]

  test.each(VALUES)("%j is loaded once, and is the same for others", async (value) => {
    const { a, b, settle } = await pair()
    expect(await a.getOrLoad("k", () => value)).toEqual(value)
    await settle()
    for (const each of [a, b]) {
      let loads = 0
      expect(await each.getOrLoad("k", () => loads++)).toEqual(value)
      expect(loads).toBe(0)
      expect(await each.has("k")).toBe(true)
      expect(await each.peek("k")).toEqual(value)
    }
  })

  test("an error is one, with its cause and its code", async () => {
    const { a, b, settle } = await pair()
    const cause = new TypeError("deeper")
    const error = Object.assign(new RangeError("too much", { cause }), { code: "E_MUCH" })
    await a.getOrLoad("k", () => error)
    await settle()
    const found = (await b.get("k")) as typeof error
    expect(found).toBeInstanceOf(Error)
    expect(found).toMatchObject({ name: "RangeError", message: "too much", code: "E_MUCH" })
    expect(found.cause).toBeInstanceOf(Error)
    expect(found.cause).toMatchObject({ name: "TypeError", message: "deeper" })
  })

  test("bytes are, with the codec for them", async () => {
    const { a, b, settle } = await pair<Uint8Array>({ codec: bytes })
    const value = Uint8Array.from([0, 255, 10, 13])
    await a.set("k", value)
    await settle()
    expect(Uint8Array.from((await b.get("k"))!)).toEqual(value)
  })

  test("and what a codec of one's own makes of them", async () => {
    const dates: Codec<Date> = {
      form: "text",
      encode: (date) => date.toISOString(),
      decode: (text) => new Date(text as string),
    }
    const { a, b } = await pair<Date>({ codec: dates })
    const value = new Date(0)
    await a.set("k", value)
    expect(await b.get("k")).toEqual(value)
  })
})
