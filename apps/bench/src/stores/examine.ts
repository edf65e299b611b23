import { examineFeature } from "../features/examine.ts"
import { type FaultName, findFaults } from "./faults.ts"
import { createFeatured, createStore, type Implementation } from "./implementations.ts"
import { type KeyKind, makeKeys } from "./keys.ts"

/** Keys of one kind, and how many of them there is room for. */
export interface Setting {
  keys: KeyKind
  capacity: number
}

export interface Examination {
  faults: FaultName[]
  /** Where its results are not to be used, and why. */
  wrong: (Setting & { because: string })[]
}

/** Why there is no figure of those who search all entries for one. */
export const SLOW = "half a minute passes until all keys are stored"

/** What stands in place of a figure. */
export function wordFor(because: string | undefined): "slow" | "wrong" {
  return because === SLOW ? "slow" : "wrong"
}

/** What these words mean, as far as they are used. */
export function wordsFor(wrong: readonly { because: string }[]): (readonly [string, string])[] {
  const reasons = new Set(wrong.map(({ because }) => because))
  const isSlow = reasons.delete(SLOW)
  return [
    ...(reasons.size > 0 ? [["wrong", [...reasons].join("; or ")] as const] : []),
    ...(isSlow ? [["slow", `${SLOW}; not measured`] as const] : []),
  ]
}

/** Milliseconds; who does not search needs a tenth of that. */
const PATIENCE = 30_000

/**
 * Finds what an implementation does otherwise, and where its results are wrong; `patience` is how
 * many milliseconds each setting may take.
 */
export async function examineStore(question: {
  implementation: Implementation
  settings: readonly Setting[]
  patience?: number
}): Promise<Examination> {
  const { implementation, settings, patience = PATIENCE } = question
  const wrong: Examination["wrong"] = []
  for (const setting of settings) {
    const because = await complaint(implementation, setting, patience)
    if (because !== undefined) wrong.push({ ...setting, because })
  }
  const faults = await findFaults(implementation)
  if (implementation.feature === undefined) return { faults, wrong }
  const { feature } = implementation
  const found = await examineFeature(feature, (terms) =>
    createFeatured(implementation, feature, terms),
  )
  if (found.wrong === undefined) return { faults: [...faults, ...found.faults], wrong }
  const because = found.wrong
  return { faults, wrong: settings.map((setting) => ({ ...setting, because })) }
}

async function complaint(
  implementation: Implementation,
  setting: Setting,
  patience: number,
): Promise<string | undefined> {
  try {
    return await check(implementation, setting, patience)
  } catch (error) {
    return `it threw: ${(error as Error).message}`
  }
}

/** Sets more keys than there is room for; what is said of them is then the truth or nothing. */
async function check(
  implementation: Implementation,
  { keys: keyKind, capacity }: Setting,
  patience: number,
): Promise<string | undefined> {
  const store = await createStore(implementation, capacity, keyKind)
  const keys = makeKeys(keyKind, 3 * capacity)
  const end = performance.now() + patience
  for (const [i, key] of keys.entries()) {
    if (performance.now() > end) return SLOW
    if (store.get(key) !== undefined) return "a key was there before it was set"
    store.set(key, i)
    if (store.get(key) !== i) return "a key was not there after it was set"
  }
  const mixedUp = keys.some((key, i) => ![undefined, i].includes(store.get(key)))
  return mixedUp ? "a key had the value of another" : undefined
}
