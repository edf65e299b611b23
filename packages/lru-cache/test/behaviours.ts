import { LRUCache } from "@evictionary/lru-cache"
import { LRUCache as Theirs } from "lru-cache"
import { vi } from "vitest"

/** The class of either, as the other one's types have it. */
export type Class = typeof LRUCache

export const implementations = { ours: LRUCache, theirs: Theirs as unknown as Class }

/** What is seen of a cache, of which this is the class. */
type Run = (Cache: Class) => unknown

export interface Behaviour {
  readonly area: string
  readonly title: string
  readonly run: Run
  /** What either gives. */
  readonly gives: { readonly ours: unknown; readonly theirs: unknown }
  /** In words, where that is not the same. */
  readonly words?: { readonly ours: string; readonly theirs: string }
}

export const behaviours: Behaviour[] = []

let area = ""

export function about(name: string): void {
  area = name
}

/** Both do it. */
export function same(title: string, run: Run, gives: unknown): void {
  behaviours.push({ area, title, run, gives: { ours: gives, theirs: gives } })
}

/** They do it, and we something else, each with what is seen of it. */
export function differs(
  title: string,
  run: Run,
  [theirWords, theirs]: [string, unknown],
  [ourWords, ours]: [string, unknown],
): void {
  const words = { ours: ourWords, theirs: theirWords }
  behaviours.push({ area, title, run, gives: { ours, theirs }, words })
}

/** Milliseconds go by: for `performance`, `Date`, timers, and what has been promised. */
export async function pass(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds)
}

/** What an error says, or that there was none. */
export function thrown(act: () => unknown): string {
  try {
    act()
    return "nothing"
  } catch (error) {
    return (error as Error).name
  }
}

/** What comes of a promise; "waits" if nothing has yet. */
export async function outcome(promise: Promise<unknown>): Promise<unknown> {
  let settled: unknown = "waits"
  promise.then(
    (value) => {
      settled = value
    },
    (error) => {
      settled = `rejects: ${(error as Error).message ?? error}`
    },
  )
  await pass(0)
  return settled
}
