import { TierRefusal } from "../tier.ts"
import { ensure, entryOf, law, payloadOf, same, type TierLaw } from "./law.ts"

const CHAPTER = "connections"

export const sessions: readonly TierLaw[] = [
  law(CHAPTER, "a connection writes until another of its origin is there", async ({ connect }) => {
    const first = await connect("me")
    same((await first.pulse()).current, true, "whether the first may write")
    same(await first.write("k", entryOf("1")), true, "the answer to the first")
    const second = await connect("me")
    same(await first.write("k", entryOf("late")), false, "the answer to the first, afterwards")
    same((await first.pulse()).current, false, "whether it still may")
    same(await payloadOf(second, "k"), "1", "what is there")
    same(await second.write("k", entryOf("2")), true, "the answer to the second")
  }),

  law(CHAPTER, "a connection of another origin takes nothing away", async ({ connect }) => {
    const [one, other] = [await connect(), await connect()]
    same(await one.write("k", entryOf("1")), true, "the answer")
    same(await other.write("k", entryOf("2")), true, "the answer to the other")
    same((await one.pulse()).current, true, "whether it may write")
  }),

  law(CHAPTER, "a write that is refused ends no lease and tells nobody", async ({ connect }) => {
    const first = await connect("me")
    const second = await connect("me")
    const [reading] = await second.read([{ key: "k", mode: "load" }], LASTING)
    await first.write("k", entryOf("late"))
    const load = { key: "k", fence: reading?.fence ?? "", entry: entryOf("1") }
    same(await second.store([load]), [true], "the answer to a load meanwhile")
    same((await second.pulse()).number, 0, "how much was told")
  }),

  law(CHAPTER, "an old connection may still make others forget", async ({ connect }) => {
    const first = await connect("me")
    const second = await connect("me")
    same(await second.write("k", entryOf("1")), true, "the answer")
    await first.remove(["k"])
    same(await payloadOf(second, "k"), undefined, "what is there")
  }),

  law(CHAPTER, "what is asked on a connection that is closed is rejected", async ({ connect }) => {
    const connection = await connect()
    connection.close()
    const answer = await connection.pulse().catch((error: unknown) => error)
    ensure(answer instanceof Error, "it was answered")
    ensure(!(answer instanceof TierRefusal), "it was answered with an error")
  }),
]

const LASTING = { lease: 60_000, refreshAhead: 1 }
