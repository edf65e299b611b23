import type { CacheInspection, InspectedKey } from "@evictionary/core"
import type { Key } from "@evictionary/simulator"
import type { Moment } from "./motion.ts"

/** Where a key is. */
interface Place {
  readonly list: string
  readonly inspected: InspectedKey<Key>
  /** Those of the list that are colder. */
  readonly colder: readonly InspectedKey<Key>[]
}

/** What the last request did, and why that victim, as far as the strategy says what it holds. */
export function sentenceOf(moment: Moment): string {
  const { key, hit, victims, before, after } = moment
  if (key === undefined) return "Nothing has been asked for yet."
  const parts = [hit ? hitPart(key, before, after) : missPart(key, before, after)]
  for (const victim of victims) parts.push(victimPart(victim, before, after))
  const changes = changesOf(before.scalars, after.scalars)
  if (changes !== "") parts.push(`now ${changes}`)
  return `${parts.join("; ")}.`
}

function hitPart(key: Key, before: CacheInspection<Key>, after: CacheInspection<Key>): string {
  const [from, to] = [placeIn(before, key), placeIn(after, key)]
  if (from === undefined || to === undefined) return `${key} is a hit`
  const noted = changesOf(from.inspected.marks, to.inspected.marks)
  const moved =
    from.list !== to.list
      ? `goes from ${from.list} to ${to.list}`
      : from.colder.length !== to.colder.length
        ? `moves within ${to.list}`
        : `stays where it is in ${to.list}`
  return `${key} is a hit and ${moved}${noted === "" ? "" : `, ${noted}`}`
}

function missPart(key: Key, before: CacheInspection<Key>, after: CacheInspection<Key>): string {
  const [from, to] = [placeIn(before, key), placeIn(after, key)]
  const known = from === undefined ? "is new" : `is remembered by ${from.list}`
  const enters = to === undefined ? "is not kept" : `enters ${to.list}`
  return `${key} ${known} and ${enters}`
}

function victimPart(
  victim: Key,
  before: CacheInspection<Key>,
  after: CacheInspection<Key>,
): string {
  const [from, to] = [placeIn(before, victim), placeIn(after, victim)]
  if (from === undefined) return `${victim} leaves at once`
  const { list, inspected, colder } = from
  const passed = colder.filter(({ ghost }) => !ghost).map(named)
  const where =
    passed.length === 0 ? `the coldest of ${list}` : `the first of ${list} after ${listed(passed)}`
  const marks = textOf(inspected.marks)
  const why = [where, ...(marks === "" ? [] : [`with ${marks}`]), ...sizesOf(before, list)]
  return `${victim} leaves as ${why.join(", ")}${to === undefined ? "" : `, and ${to.list} remembers it`}`
}

/** How long the list is, and what the strategy has to compare that with. */
function sizesOf({ lists, scalars }: CacheInspection<Key>, list: string): string[] {
  const compared = Object.entries(scalars).map(([name, value]) => `${name} = ${rounded(value)}`)
  const others = Object.keys(lists).length > 1
  return others ? [[`|${list}| = ${lists[list]!.length}`, ...compared].join(" and ")] : []
}

function placeIn({ lists }: CacheInspection<Key>, key: Key): Place | undefined {
  for (const [list, keys] of Object.entries(lists)) {
    const at = keys.findIndex((each) => each.key === key)
    if (at >= 0) return { list, inspected: keys[at]!, colder: keys.slice(0, at) }
  }
  return undefined
}

function named({ key, marks }: InspectedKey<Key>): string {
  const noted = textOf(marks)
  return noted === "" ? String(key) : `${key} (${noted})`
}

function textOf(numbers: Readonly<Record<string, number>>): string {
  const shown = Object.entries(numbers).map(([name, value]) => `${name} ${rounded(value)}`)
  return shown.join(", ")
}

function changesOf(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): string {
  return Object.entries(after)
    .filter(([name, value]) => before[name] !== value)
    .map(([name, value]) => `${name} ${rounded(before[name] ?? 0)} → ${rounded(value)}`)
    .join(", ")
}

function listed(names: readonly string[]): string {
  const last = names.at(-1)
  return names.length < 2 ? `${last}` : `${names.slice(0, -1).join(", ")} and ${last}`
}

function rounded(value: number): string {
  return value === Infinity ? "∞" : String(Number(value.toFixed(2)))
}
