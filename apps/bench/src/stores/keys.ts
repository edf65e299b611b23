import { seeded } from "../random.ts"

export type Key = number | string | object

export const keyKinds = [
  "int32",
  "untyped int32",
  "sparse int32",
  "string",
  "fresh string",
  "object",
] as const
export type KeyKind = (typeof keyKinds)[number]

export const keyMeanings: Record<KeyKind, string> = {
  int32: "0, 1, 2 and so on, as a database numbers its rows",
  "untyped int32": "the same, from an array that has held something else, as JSON's may",
  "sparse int32": "spread at random over all 32 bits, as hashes are",
  string: "of up to 12 characters; looked up by the string that it was stored under",
  "fresh string":
    "equal to the stored one, but made for each operation, so that it has to be hashed; " +
    "making it is part of the time, and the same for all",
  object: "by identity",
}

/** `count` distinct keys; of kind `fresh string`, what {@link freshString} makes them from. */
export function makeKeys(kind: KeyKind, count: number): Key[] {
  const make: Record<KeyKind, (sparse: number, i: number) => Key> = {
    int32: (_, i) => i,
    "untyped int32": (_, i) => i,
    "sparse int32": (sparse) => sparse,
    // Below 13 characters: V8 would make a longer one a tree of its parts, as no parser does.
    string: (sparse) => PREFIX + rest(sparse),
    "fresh string": rest,
    object: (sparse) => ({ id: sparse }),
  }
  const keys = sparseIntegers(count).map(make[kind])
  return kind === "untyped int32" ? untyped(keys) : keys
}

const PREFIX = "user:"

function rest(sparse: number): string {
  return (sparse >>> 0).toString(36)
}

/**
 * Makes a string from one of the keys of kind `fresh string`. It is short enough to be copied, so
 * that it is a new one each time, and neither V8's table of strings nor its hash field know it.
 */
export function freshString(key: Key): string {
  return PREFIX + (key as string)
}

/** The same array, of which V8 no longer knows that it holds integers only. */
function untyped(keys: Key[]): Key[] {
  keys.push("")
  keys.pop()
  return keys
}

function sparseIntegers(count: number): number[] {
  const random = seeded(1)
  const numbers = new Set<number>()
  while (numbers.size < count) numbers.add((random() * 2 ** 32) | 0)
  return [...numbers]
}

/**
 * `length` of the keys at the indices that `pick` draws. Pushed one by one, so that V8 knows an
 * array of integers for what it is: other ways of making it hide that, and cost a bare `Map` half
 * of its speed.
 */
export function drawKeys(
  kind: KeyKind,
  keys: readonly Key[],
  length: number,
  pick: () => number,
): Key[] {
  const drawn: Key[] = []
  for (let i = 0; i < length; i++) drawn.push(keys[pick()]!)
  return kind === "untyped int32" ? untyped(drawn) : drawn
}
