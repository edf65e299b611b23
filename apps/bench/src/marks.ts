/** Somebody, and the names of what was found wanting. */
export interface Examined {
  name: string
  faults: readonly string[]
}

/** Letters that stand beside names in a table. */
export interface Marks {
  /** The letters of somebody: `ac`. */
  of(name: string): string
  /** What each letter means, for the legend. */
  meanings: (readonly [letter: string, meaning: string])[]
}

/** A letter for each of the `faults` that somebody has, in the order in which they are given. */
export function marks(
  everybody: readonly Examined[],
  faults: Readonly<Record<string, { meaning: string }>>,
): Marks {
  const found = Object.entries(faults)
    .filter(([fault]) => everybody.some((each) => each.faults.includes(fault)))
    .map(([fault, { meaning }], i) => ({ fault, meaning, letter: LETTERS[i]! }))
  return {
    of(name) {
      const own = everybody.find((each) => each.name === name)?.faults ?? []
      return found
        .filter(({ fault }) => own.includes(fault))
        .map(({ letter }) => letter)
        .join("")
    },
    meanings: found.map(({ letter, meaning }) => [letter, meaning]),
  }
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz"
