import { ensure, entryOf, law, look, nothing, payloadOf, same, type TierLaw } from "./law.ts"

const CHAPTER = "entries"

/** Keys that stores have confused: long ones, broken ones, ones with what protocols use. */
const KEYS = [
  "",
  "k",
  "K",
  " a b ",
  "a\r\nb\0c",
  "{x}",
  "é",
  "e\u0301",
  "😀",
  "\ud83d",
  "\ude00",
  "__proto__",
  "l".repeat(600),
  `${"l".repeat(600)}m`,
]

const PAYLOADS = ["", " ", "a b c", "1 2 3 4 5 6 7 8", "é😀\0\r\n", "x".repeat(100_000)]

export const entries: readonly TierLaw[] = [
  law(CHAPTER, "what was written is found as it was, and nothing else", async ({ connect }) => {
    const connection = await connect()
    const entry = entryOf("some text", { kind: "y", fresh: 5_000, kept: 7_000, tags: ["a", "b c"] })
    nothing(await look(connection, "k"), "before it is written")
    same(await connection.write("k", entry), true, "the answer")
    const { entry: found } = await look(connection, "k")
    ensure(found !== undefined, "there is nothing")
    const { left, ...rest } = found!
    same({ ...rest, tags: [...rest.tags] }, entry, "the entry")
    ensure(left > 0 && left <= 5_000, `it is fresh for ${left} ms`)
  }),

  law(CHAPTER, "texts and bytes come back to the last bit", async ({ connect }) => {
    const connection = await connect()
    const bytes = Uint8Array.from({ length: 256 }, (_, n) => n)
    for (const payload of [...PAYLOADS, bytes, new Uint8Array(0)]) {
      await connection.write("k", entryOf(payload))
      const found = await payloadOf(connection, "k")
      const plain = found instanceof Uint8Array ? Uint8Array.from(found) : found
      same(plain, payload, "the payload")
    }
  }),

  law(CHAPTER, "keys are compared as texts", async ({ connect }) => {
    const connection = await connect()
    for (const [n, key] of KEYS.entries()) await connection.write(key, entryOf(`${n}`))
    for (const [n, key] of KEYS.entries()) {
      same(await payloadOf(connection, key), `${n}`, `of key ${JSON.stringify(key.slice(0, 20))}`)
    }
    await connection.remove(["k"])
    same(await payloadOf(connection, "K"), "2", "beside a key that was removed")
  }),

  law(CHAPTER, "each question has its answer, in order", async ({ connect }) => {
    const connection = await connect()
    await connection.write("a", entryOf("1"))
    await connection.write("c", entryOf("3"))
    const keys = ["a", "b", "c", "a"]
    const readings = await connection.read(
      keys.map((key) => ({ key, mode: "peek" as const })),
      { lease: 1_000, refreshAhead: 1 },
    )
    same(
      readings.map(({ entry }) => entry?.payload),
      ["1", undefined, "3", "1"],
      "the payloads",
    )
  }),

  law(CHAPTER, "operations take effect in the order in which they were asked", async (world) => {
    const connection = await world.connect()
    const answers = await Promise.all([
      connection.write("k", entryOf("1")),
      payloadOf(connection, "k"),
      connection.remove(["k"]),
      payloadOf(connection, "k"),
      connection.write("k", entryOf("2")),
      payloadOf(connection, "k"),
    ])
    same([answers[1], answers[3], answers[5]], ["1", undefined, "2"], "what was read between")
  }),

  law(
    CHAPTER,
    "an entry is stale when its time is up, and gone when it was kept",
    async (world) => {
      const connection = await world.connect()
      await connection.write("stale", entryOf("1", { fresh: 30, kept: 60_000 }))
      await connection.write("gone", entryOf("2", { fresh: 10, kept: 20 }))
      await world.wait(60)
      nothing(await look(connection, "stale"), "what peeks at a stale entry finds")
      const { entry } = await look(connection, "stale", "load")
      ensure(entry?.payload === "1" && entry.left <= 0, "who loads does not get the stale entry")
      ensure((await look(connection, "gone", "load")).entry === undefined, "it is still there")
    },
  ),

  law(CHAPTER, "an entry whose tag is invalidated is dead, and no other", async ({ connect }) => {
    const connection = await connect()
    await connection.write("one", entryOf("1", { tags: ["x", "y, z"] }))
    await connection.write("other", entryOf("2", { tags: ["x", "y"] }))
    await connection.write("none", entryOf("3"))
    await connection.invalidate(["y, z"])
    same(await payloadOf(connection, "one"), undefined, "with the tag")
    same(await payloadOf(connection, "other"), "2", "with other tags")
    same(await payloadOf(connection, "none"), "3", "without tags")
    await connection.write("one", entryOf("4", { tags: ["y, z"] }))
    same(await payloadOf(connection, "one"), "4", "written since")
  }),

  law(CHAPTER, "when all is cleared, all that was there is dead", async ({ connect }) => {
    const connection = await connect()
    await connection.write("k", entryOf("1"))
    await connection.write("t", entryOf("2", { tags: ["x"] }))
    await connection.invalidate(["x"])
    await connection.clear()
    same(await payloadOf(connection, "k"), undefined, "an entry")
    await connection.write("t", entryOf("3", { tags: ["x"] }))
    same(await payloadOf(connection, "t"), "3", "written since")
  }),

  law(CHAPTER, "however many tags there are, none that is forgotten brings back", async (world) => {
    const connection = await world.connect()
    const tags = Array.from({ length: 40 }, (_, n) => `tag ${n}`)
    for (const tag of tags) await connection.write(tag, entryOf("old", { tags: [tag] }))
    for (let n = 0; n < tags.length; n += 10) await connection.invalidate(tags.slice(n, n + 10))
    for (const tag of tags) same(await payloadOf(connection, tag), undefined, `with ${tag}`)
  }),

  law(CHAPTER, "spaces know nothing of each other", async ({ connect }) => {
    const connection = await connect()
    await connection.write("k", entryOf("1"))
    // Each law has a space of its own, and others have used this key.
    same(await payloadOf(connection, "k"), "1", "the entry")
    same(await payloadOf(connection, "none"), undefined, "another")
  }),
]
