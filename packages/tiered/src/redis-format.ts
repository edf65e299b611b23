import { createHash } from "node:crypto"
import type { TierEntry, TierHit, TierMessage } from "./tier.ts"

/** Keys of more bytes are kept by their digest, with the key itself in the entry. */
const LONGEST = 512

/** A UTF-16 half without the other: UTF-8 has no form for it, and servers would merge such keys. */
const HALF = /[\uD800-\uDFFF]/u

/** Where what belongs to a key of a cache is in a server. */
export interface Place {
  /** What comes after the space's prefix and a letter. */
  readonly name: string
  /** How messages speak of the key. */
  readonly label: string
  /** What an entry begins with, to be sure whose it is; nothing if the name says so. */
  readonly proof: string
}

export function placeOf(key: string): Place {
  // A code unit has three bytes at most.
  const isLong = key.length * 3 > LONGEST && Buffer.byteLength(key) > LONGEST
  const isBroken = HALF.test(key)
  if (!isLong && !isBroken) return { name: `:${key}`, label: `k ${key}`, proof: "" }
  const text = JSON.stringify(key)
  const digest = createHash("sha256").update(text).digest("base64url")
  return { name: `#${digest}`, label: isBroken ? `j ${text}` : `k ${key}`, proof: `${text}\n` }
}

/** What a message says, or nothing if it is none of ours. */
export function messageFrom(text: string): TierMessage | undefined {
  const [, incarnation, number, origin, letter, rest = ""] =
    /^(?:\+|(\S+) (\d+) (\S+)) ([jkt*]) ?(.*)$/s.exec(text) ?? []
  const what = whatOf(letter, rest)
  if (what === undefined) return undefined
  if (incarnation !== undefined && origin !== undefined) {
    return { incarnation, number: Number(number), origin, ...what }
  }
  return what.kind === "key" ? { kind: "ended", key: what.key } : undefined
}

function whatOf(letter: string | undefined, rest: string) {
  try {
    if (letter === "k") return { kind: "key", key: rest } as const
    if (letter === "j") return { kind: "key", key: JSON.parse(rest) as string } as const
    if (letter === "t") return { kind: "tag", tag: decodeURIComponent(rest) } as const
    return letter === "*" ? ({ kind: "all" } as const) : undefined
  } catch {
    return undefined
  }
}

/** What a script is given of an entry: `<fresh> <kept> <kind> <tags> <payload>`. */
export function packed(
  { fresh, kept, kind, tags, payload }: TierEntry,
  { proof }: Place,
): string | Buffer {
  const names = tags.length === 0 ? "-" : tags.map(encodeURIComponent).join()
  if (typeof payload === "string") return `${fresh} ${kept} t${kind} ${names} ${proof}${payload}`
  return Buffer.concat([Buffer.from(`${fresh} ${kept} b${kind} ${names} ${proof}`), payload])
}

const SPACE = 0x20

/** An entry as a server has it; nothing if it is not one, or another key's. */
export function unpacked(reply: unknown, left: number, { proof }: Place): TierHit | undefined {
  if (typeof reply !== "string" && !Buffer.isBuffer(reply)) return undefined
  const bytes = typeof reply === "string" ? Buffer.from(reply) : reply
  let start = 0
  for (let words = 0; words < 7; words++) {
    start = bytes.indexOf(SPACE, start) + 1
    if (start === 0) return undefined
  }
  const [, , , fresh, kept, form = "", tags = "-"] = bytes
    .toString("latin1", 0, start - 1)
    .split(" ")
  const own = bytes.subarray(start)
  const size = proof === "" ? 0 : Buffer.byteLength(proof)
  if (size > 0 && own.toString("utf8", 0, size) !== proof) return undefined
  return {
    kind: form.slice(1),
    payload: form[0] === "b" ? own.subarray(size) : own.toString("utf8", size),
    fresh: Number(fresh),
    kept: Number(kept),
    tags: tags === "-" ? [] : tags.split(",").map(decodeURIComponent),
    left,
  }
}
