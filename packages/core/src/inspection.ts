/** What is looked at here of a cache. */
interface Inspected {
  readonly size: number
  coldest(n: number): [unknown, unknown][]
  toString(): string
}

interface InspectOptions {
  readonly maxArrayLength?: number | null
}

/** What is said of a `Map` with one entry more than is shown. */
const LAST = /^Map\(\d+\)(.*)1 more item(?=\s*\}$)/s

/** Those that are being shown: one that is met again would be shown for ever. */
const shown = new Set<Inspected>()

/**
 * A cache as Node's `inspect` shows it: as a `Map`, as deep and with as many entries as that, after
 * one line about the cache. It is O(number of entries shown). Other libraries call this too, and
 * give no `inspect`.
 */
export function inspectCache(
  this: Inspected,
  depth: number,
  options: InspectOptions,
  inspect?: (value: unknown, options: object) => string,
): string {
  if (depth < 0 || inspect === undefined) return `[${this}]`
  if (shown.has(this)) return `[Circular ${this}]`
  shown.add(this)
  try {
    const most = Math.max(Math.floor(options.maxArrayLength ?? Infinity), 0)
    // The options still have the depth at which all began.
    const text = inspect(new Map(this.coldest(most + 1)), { ...options, depth })
    const more = this.size - most
    // The one more that is in the `Map` stands for all of them.
    const all = more > 1 ? text.replace(LAST, `Map(${this.size})$1${more} more items`) : text
    return `${this} ${all}`
  } finally {
    shown.delete(this)
  }
}
