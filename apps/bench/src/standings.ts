/** A figure in a contest, in which the smaller one wins. */
export interface Figure {
  /** What it is a figure of: `int32 hit`. */
  contest: string
  name: string
  ours: boolean
  value: number
}

/** The best of ours and the best of the rivals in one contest. */
export interface Contest {
  contest: string
  ours: Placed
  rival: Placed
  /** Of the best of ours, among it and the rivals. */
  place: number
}

interface Placed {
  name: string
  value: number
}

/** Where one of ours leads all rivals, and where it does not. */
export interface Standing {
  name: string
  contests: number
  leads: number
  /** Those that it does not lead, the worst first. */
  behind: { contest: string; rival: string; times: number }[]
}

/** In every contest that has both, ours against the rivals. */
export function contests(figures: readonly Figure[]): Contest[] {
  return names(figures, ({ contest }) => contest).flatMap((contest) => {
    const own = figures.filter((figure) => figure.contest === contest)
    const ours = best(own.filter(({ ours }) => ours))
    const others = own.filter(({ ours }) => !ours)
    const rival = best(others)
    if (ours === undefined || rival === undefined) return []
    const place = 1 + others.filter(({ value }) => value < ours.value).length
    return { contest, ours: placed(ours), rival: placed(rival), place }
  })
}

/** For each of ours, how it stands to the best rival in every contest. */
export function standings(figures: readonly Figure[]): Standing[] {
  const decided = new Map(contests(figures).map((each) => [each.contest, each.rival]))
  const ours = figures.filter(({ ours, contest }) => ours && decided.has(contest))
  return names(ours, ({ name }) => name).map((name) => {
    const own = ours.filter((figure) => figure.name === name)
    const behind = own.flatMap(({ contest, value }) => {
      const rival = decided.get(contest)!
      return value > rival.value ? { contest, rival: rival.name, times: value / rival.value } : []
    })
    behind.sort((a, b) => b.times - a.times)
    return { name, contests: own.length, leads: own.length - behind.length, behind }
  })
}

function names(figures: readonly Figure[], of: (figure: Figure) => string): string[] {
  return [...new Set(figures.map(of))]
}

function best(figures: readonly Figure[]): Figure | undefined {
  return figures.toSorted((a, b) => a.value - b.value)[0]
}

function placed({ name, value }: Figure): Placed {
  return { name, value }
}
