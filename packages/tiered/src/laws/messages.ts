import type { TierChange, TierMessage } from "../tier.ts"
import { ensure, entryOf, fenceOf, law, look, same, type TierLaw, type World } from "./law.ts"

const CHAPTER = "messages"

/** The changes among them, without their numbers. */
function changesIn(heard: readonly TierMessage[]) {
  return heard.flatMap((message) => {
    if (message.kind === "ended") return []
    const { incarnation: _, number: __, ...change } = message
    return [change]
  })
}

/** Waits for a change of this key, which comes after all that was told before. */
async function upTo(mark: string, heard: TierMessage[], { until }: World): Promise<TierChange[]> {
  const isMark = (message: TierMessage) => message.kind === "key" && message.key === mark
  await until(() => heard.some(isMark), "a message")
  return heard.filter((message) => message.kind !== "ended")
}

export const messages: readonly TierLaw[] = [
  law(CHAPTER, "every change is told, with who has made it, in order", async (world) => {
    const [one, other] = [await world.connect("one"), await world.connect("other")]
    const [heard, too] = [await world.listen(), await world.listen()]
    await one.write("a b\r\n", entryOf("1"))
    await other.remove(["absent", "\ud83d", "l".repeat(600)])
    await one.invalidate(["t", "u, v"])
    await other.clear()
    await one.remove(["end"])
    for (const all of [heard, too]) {
      await upTo("end", all, world)
      same(
        changesIn(all),
        [
          { kind: "key", key: "a b\r\n", origin: "one" },
          { kind: "key", key: "absent", origin: "other" },
          { kind: "key", key: "\ud83d", origin: "other" },
          { kind: "key", key: "l".repeat(600), origin: "other" },
          { kind: "tag", tag: "t", origin: "one" },
          { kind: "tag", tag: "u, v", origin: "one" },
          { kind: "all", origin: "other" },
          { kind: "key", key: "end", origin: "one" },
        ].map(({ origin, ...change }) => ({ ...change, origin })),
        "what was heard",
      )
    }
  }),

  law(CHAPTER, "changes are numbered without a gap, as the pulse says", async (world) => {
    const connection = await world.connect()
    const heard = await world.listen()
    same((await connection.pulse()).number, 0, "the number before any change")
    await connection.write("k", entryOf("1"))
    await connection.invalidate(["t", "u"])
    await connection.clear()
    await connection.remove(["j", "end"])
    const changes = await upTo("end", heard, world)
    const { incarnation, number } = await connection.pulse()
    same(
      changes.map((change) => change.number),
      [1, 2, 3, 4, 5, 6],
      "the numbers",
    )
    same([...new Set(changes.map((change) => change.incarnation))], [incarnation], "whose they are")
    same(number, 6, "the number that the pulse says")
  }),

  law(CHAPTER, "questions and loads are not told of, for they change nothing", async (world) => {
    const connection = await world.connect()
    const heard = await world.listen()
    const fence = await fenceOf(connection, "k")
    await connection.store([{ key: "k", fence, entry: entryOf("1") }])
    await connection.release({ key: "j", fence: await fenceOf(connection, "j") })
    await connection.remove(["end"])
    await upTo("end", heard, world)
    same(heard.length, 1, "how much was heard")
  }),

  law(
    CHAPTER,
    "that a lease has ended is told to those who wait, and to nobody else",
    async (world) => {
      const [one, other] = [await world.connect(), await world.connect()]
      const heard = await world.listen()
      const fences = { k: await fenceOf(one, "k"), j: await fenceOf(one, "j") }
      await look(other, "k", "wait")
      await look(other, "j", "wait")
      await one.store([{ key: "k", fence: fences.k, entry: entryOf("1") }])
      await one.release({ key: "j", fence: fences.j })
      await world.until(() => heard.length >= 2, "two messages")
      same(
        heard,
        [
          { kind: "ended", key: "k" },
          { kind: "ended", key: "j" },
        ],
        "what was heard",
      )
    },
  ),

  law(CHAPTER, "that a lease has ended is told though nothing could be stored", async (world) => {
    const [one, other] = [await world.connect(), await world.connect()]
    const heard = await world.listen()
    const fence = await fenceOf(one, "k")
    await look(other, "k", "wait")
    await other.invalidate(["x"])
    const entry = entryOf("1", { tags: ["x"] })
    same(await one.store([{ key: "k", fence, entry }]), [false], "the answer")
    await world.until(() => heard.some(({ kind }) => kind === "ended"), "that it has ended")
  }),

  law(CHAPTER, "who begins to listen hears all that is told from then on", async (world) => {
    const connection = await world.connect()
    for (let n = 0; n < 10; n++) {
      const heard = await world.listen()
      const { number } = await connection.pulse()
      await connection.remove([`k${n}`])
      const [change] = await upTo(`k${n}`, heard, world)
      ensure(change?.number === number + 1, "it has missed one, or heard one twice")
    }
  }),
]
