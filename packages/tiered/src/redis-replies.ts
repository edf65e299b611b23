import { type Place, unpacked } from "./redis-format.ts"
import type { TierReading } from "./tier.ts"

/** An error that the server has sent begins with a code. */
export const ANSWER: RegExp = /^-?[A-Z]{3,}\b/

/** The node is not, or no longer, the one to talk to. */
export const ELSEWHERE: RegExp = /^-?(ASK|CLUSTERDOWN|MOVED|READONLY)\b/

/** Throws unless the reply is a list of so many parts: then it is an answer to something else. */
export function checked(reply: unknown, length: number): unknown[] {
  if (Array.isArray(reply) && reply.length === length) return reply
  throw new Error("the server has answered something else")
}

/** What a reply says of one key: an entry, when it is stale, and a fence. */
export function readingFrom(answers: unknown[], from: number, place: Place): TierReading {
  const entry = unpacked(answers[from], Number(answers[from + 1]), place)
  const fence = String(answers[from + 2])
  if (fence === "") return { entry }
  return { entry, fence: fence.slice(1), ours: fence[0] === "+" }
}
