import type { TierConnection } from "../tier.ts"
import {
  ensure,
  entryOf,
  fenceOf,
  law,
  look,
  nothing,
  payloadOf,
  same,
  type TierLaw,
} from "./law.ts"

const CHAPTER = "fences"

/** What must end a load that has begun, and so its right to store. */
const ENDING: readonly [string, (connection: TierConnection) => Promise<unknown>][] = [
  ["its key is removed", (connection) => connection.remove(["other", "k"])],
  ["its key is written", (connection) => connection.write("k", entryOf("new"))],
  ["one of its tags is invalidated", (connection) => connection.invalidate(["none", "x"])],
  ["all is cleared", (connection) => connection.clear()],
]

/** Stores what was loaded for `k`, with the tag x. */
async function store(connection: TierConnection, fence: string, payload = "old") {
  const entry = entryOf(payload, { tags: ["x"] })
  const [stored] = await connection.store([{ key: "k", fence, entry }])
  return stored
}

export const fences: readonly TierLaw[] = [
  ...ENDING.map(([what, end]) =>
    law(CHAPTER, `a load stores nothing if ${what} before it ends`, async ({ connect }) => {
      const [one, other] = [await connect(), await connect()]
      const fence = await fenceOf(one, "k")
      await end(other)
      same(await store(one, fence), false, "the answer")
      ensure((await payloadOf(other, "k")) !== "old", "the old value has come back")
    }),
  ),

  law(CHAPTER, "a load stores what nothing has changed meanwhile", async ({ connect }) => {
    const [one, other] = [await connect(), await connect()]
    await other.write("k", entryOf("older", { fresh: 1, tags: ["x"] }))
    await other.invalidate(["x"])
    const fence = await fenceOf(one, "k")
    await other.remove(["other"])
    await other.invalidate(["y"])
    same(await store(one, fence, "new"), true, "the answer")
    same(await payloadOf(other, "k"), "new", "what is there")
  }),

  law(
    CHAPTER,
    "a tag that is invalidated after a load began kills what it stored",
    async (world) => {
      const [one, other] = [await world.connect(), await world.connect()]
      const fence = await fenceOf(one, "k")
      await other.invalidate(["y"])
      const entry = entryOf("old", { tags: ["x", "y"] })
      same(await one.store([{ key: "k", fence, entry }]), [false], "the answer")
      same(await payloadOf(one, "k"), undefined, "what is there")
    },
  ),

  law(CHAPTER, "of two who load at once, the first to store wins", async ({ connect }) => {
    const [one, other] = [await connect(), await connect()]
    const mine = await look(one, "k", "load")
    const theirs = await look(other, "k", "load")
    same([mine.ours, theirs.ours], [true, false], "whose lease it is")
    same(theirs.fence, mine.fence, "the fence")
    same(await store(other, theirs.fence!, "first"), true, "the first answer")
    same(await store(one, mine.fence!, "second"), false, "the second answer")
    same(await payloadOf(one, "k"), "first", "what is there")
  }),

  law(CHAPTER, "a fence is for its key, and for one time", async ({ connect }) => {
    const connection = await connect()
    const fence = await fenceOf(connection, "k")
    const [stored] = await connection.store([{ key: "other", fence, entry: entryOf("1") }])
    same(stored, false, "the answer for another key")
    same(await store(connection, fence), true, "the answer")
    await connection.remove(["k"])
    await fenceOf(connection, "k")
    same(await store(connection, fence), false, "the answer after another lease was taken")
  }),

  law(CHAPTER, "several loads are stored at once, each on its own", async ({ connect }) => {
    const connection = await connect()
    const keys = ["a", "b", "c"]
    const loads = []
    for (const key of keys) {
      loads.push({ key, fence: await fenceOf(connection, key), entry: entryOf(key) })
    }
    await connection.remove(["b"])
    same(await connection.store(loads), [true, false, true], "the answers")
    same(await payloadOf(connection, "c"), "c", "what is there")
  }),

  law(CHAPTER, "no lease is taken by who peeks, or where there is a fresh entry", async (world) => {
    const connection = await world.connect()
    nothing(await look(connection, "k"), "what peeks finds")
    same((await look(connection, "k", "load")).ours, true, "whether the lease was free")
    await connection.write("k", entryOf("1"))
    same((await look(connection, "k", "load")).fence, undefined, "the fence beside a fresh entry")
  }),

  law(CHAPTER, "a fresh entry that is due can be renewed, by one", async ({ connect, wait }) => {
    const [one, other] = [await connect(), await connect()]
    await one.write("k", entryOf("1", { fresh: 60_000 }))
    const early = await look(one, "k", "renew", { lease: 60_000, refreshAhead: 1 })
    same([early.entry?.payload, early.fence], ["1", undefined], "before it is due")
    await wait(2)
    const soon = { lease: 60_000, refreshAhead: 0.00001 }
    const first = await look(one, "k", "renew", soon)
    const second = await look(other, "k", "renew", soon)
    same([first.entry?.payload, first.ours], ["1", true], "who asks first")
    same([second.entry?.payload, second.ours], ["1", false], "who asks second")
    same(await store(one, first.fence!, "2"), true, "the answer")
    same(await payloadOf(other, "k"), "2", "what is there")
  }),

  law(
    CHAPTER,
    "a lease ends when its time is up, unless it is renewed",
    async ({ connect, wait }) => {
      const connection = await connect()
      const short = { lease: 200, refreshAhead: 1 }
      const { fence } = await look(connection, "k", "load", short)
      const kept = await look(connection, "kept", "load", short)
      await connection.renew(
        [
          { key: "kept", fence: kept.fence! },
          { key: "k", fence: "another" },
        ],
        60_000,
      )
      await wait(250)
      same(await store(connection, fence!), false, "the answer when its time is up")
      same((await look(connection, "kept", "load")).ours, false, "whether a renewed lease is free")
    },
  ),

  law(CHAPTER, "a lease that is released is free, and its fence stands no more", async (world) => {
    const [one, other] = [await world.connect(), await world.connect()]
    const fence = await fenceOf(one, "k")
    await one.release({ key: "k", fence: "another" })
    same((await look(other, "k", "load")).ours, false, "whether it is free before")
    await one.release({ key: "k", fence })
    same((await look(other, "k", "load")).ours, true, "whether it is free")
    same(await store(one, fence), false, "the answer")
  }),
]
