import type { Dot } from "@evictionary/report/page"
import { marks } from "../marks.ts"
import { wordsFor } from "../stores/examine.ts"
import { doesTheJob, type FaultName, faults } from "../stores/faults.ts"
import { rivals } from "../stores/rivals.ts"

/** How somebody who was examined appears in plots and tables. */
export interface Contestants {
  /** The name, with the letters of what is found wanting: `quick-lru [d]`. */
  nameOf(name: string): string
  /** The name in a plot, and what sets it apart there. */
  dotOf(name: string): Pick<Dot, "name" | "ours" | "lesser">
  /** For the notes. */
  notes: readonly (readonly [term: string, meaning: string])[]
}

export function contestants(
  examined: readonly { name: string; faults: readonly FaultName[] }[],
  wrong: readonly { because: string }[],
): Contestants {
  const marked = marks(examined, faults)
  const lesser = examined.filter(({ faults }) => !doesTheJob(faults)).map(({ name }) => name)
  const nameOf = (name: string) => {
    const letters = marked.of(name)
    return letters === "" ? name : `${name} [${letters}]`
  }
  return {
    nameOf,
    dotOf: (name) => ({
      name: nameOf(name),
      ours: !rivals.some((rival) => rival.name === name),
      lesser: lesser.includes(name),
    }),
    notes: [
      ["filled", "one of ours. Rivals are hollow, and pale if they do less than a bounded Map."],
      ...wordsFor(wrong).map(([term, why]) => [term, `${why}.`] as const),
      ...marked.meanings.map(([letter, meaning]) => [`[${letter}]`, `${meaning}.`] as const),
    ],
  }
}
