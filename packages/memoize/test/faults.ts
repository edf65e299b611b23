import type { Fn, Memoizer } from "./memoizers.ts"

/** What a memoizer does wrong, by what it is called in the table. */
export type Faults<M> = Readonly<Record<string, (memoizer: M) => boolean | Promise<boolean>>>

/** The table of who does what, for the README. */
export async function faultTable<M extends { name: string }>(
  faults: Faults<M>,
  memoizers: readonly M[],
): Promise<string> {
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`
  const head = ["", ...memoizers.map(({ name }) => (name === "ours" ? "ours" : `\`${name}\``))]
  const rows = [row(head), `|---${"|:-:".repeat(memoizers.length)}|`]
  for (const [name, shows] of Object.entries(faults)) {
    const cells = [name]
    for (const memoizer of memoizers) cells.push((await shows(memoizer)) ? "✗" : "")
    rows.push(row(cells))
  }
  return rows.join("\n")
}

/** A function that counts its runs. */
function counted(compute: Fn = () => 1): { fn: Fn; runs(): number } {
  let runs = 0
  return {
    // With a parameter, since some memoizers go by the length.
    fn(x) {
      runs++
      return compute.call(this, x)
    },
    runs: () => runs,
  }
}

/** How often the function ran for these calls with one argument each. */
function runsOf({ memoize }: Memoizer, args: readonly unknown[], compute?: Fn): number {
  const { fn, runs } = counted(compute)
  const f = memoize(fn)
  for (const arg of args) {
    try {
      f(arg)
    } catch {}
  }
  return runs()
}

/** More than anybody calls small. */
const MANY = 5_000
const range = Array.from({ length: MANY }, (_, i) => i)

export const faults: Faults<Memoizer> = {
  "`f(1, 2)` gets the result of `f(1, 1)`": ({ memoize }) => {
    const f = memoize((a, b) => [a, b])
    return f(1, 1) === f(1, 2)
  },
  "with `(a, b = 2) => a + b`, `f(1, 5)` gets that of `f(1)`": ({ memoize }) => {
    const f = memoize((a, b = 2) => Number(a) + Number(b))
    return f(1) === f(1, 5)
  },
  "with `(...args)`, `f(1, 2)` gets that of `f(1, 1)`": ({ memoize }) => {
    const f = memoize((...args) => [args])
    return f(1, 1) === f(1, 2)
  },
  "`f(undefined)` gets that of `f()`": ({ memoize }) => {
    const f = memoize((...args) => [args])
    return f() === f(undefined)
  },
  "`f(NaN, 1)` gets that of `f(null, 1)`": ({ memoize }) => {
    const f = memoize((a, b) => [a, b])
    return f(null, 1) === f(Number.NaN, 1)
  },
  "`f(1n, 1)` throws": ({ memoize }) => {
    const f = memoize((a, b) => [a, b])
    try {
      f(1n, 1)
      return false
    } catch {
      return true
    }
  },
  "`f(new Set([1]))` gets that of `f(new Set())`": ({ memoize }) => {
    const f = memoize((set) => (set as Set<unknown>).size)
    return f(new Set()) === f(new Set([1]))
  },
  "`f(-0)` gets that of `f(0)`": ({ memoize }) => {
    const f = memoize((x) => 1 / (x as number))
    return f(0) === f(-0)
  },
  "the second reader of a generator finds it empty": ({ memoize }) => {
    try {
      const f = memoize(function* (_x) {
        yield 1
      }) as (x: number) => Iterable<number>
      const [first, second] = [[...f(1)], [...f(1)]]
      return second.length < first.length
    } catch {
      return false
    }
  },
  "`this` is lost": ({ memoize }) => {
    const self = {}
    const f = memoize(function (_x) {
      return this === self
    })
    return f.call(self, 1) !== true
  },
  "a result of `undefined` or `0` is computed again": (memoizer) =>
    [undefined, 0].some((result) => runsOf(memoizer, [1, 1], () => result) > 1),
  "`f(2)` makes it forget `f(1)`": (memoizer) => runsOf(memoizer, [1, 2, 1]) > 2,
  "it never forgets": (memoizer) => runsOf(memoizer, [...range, ...range]) === MANY,
  "name or length of the function are lost": ({ memoize }) => {
    function area(_width: unknown, _height: unknown) {}
    const f = memoize(area)
    return f.name !== "area" || f.length !== 2
  },
}
