import type { AnyStrategy, TestCache } from "./subject.ts"

/** What may change a cache; to look at it changes nothing. */
const CHANGING = new Set<unknown>([
  "clear",
  "delete",
  "get",
  "getOrInsert",
  "getOrInsertComputed",
  "load",
  "purgeExpired",
  "resize",
  "set",
  "use",
])

/** Stands in for a callback of a test. */
const RETURNING =
  "const returning = (...values) => () => (values.length > 1 ? values.shift() : values[0])"

/** By what name code has a strategy, as far as that can be told: `twoQueue` for two-queue. */
export function codeNameOf({ strategyName }: AnyStrategy): string {
  return strategyName.replace(/[^a-zA-Z0-9]+(.)/g, (_all, letter: string) => letter.toUpperCase())
}

/** The members of an object, none if it is one that nobody may look at. */
function entriesOf(value: object): [string, unknown][] {
  try {
    return Object.entries(value)
  } catch {
    return []
  }
}

type Make = (options?: Record<string, unknown>) => TestCache

/** A strategy that does what another does, and writes it down. */
export interface Recording {
  readonly strategy: AnyStrategy
  /** What has been done to its caches, as code that does it again. */
  script(): string
}

export function recording(strategy: AnyStrategy): Recording {
  const declarations: string[] = []
  const lines: (() => string)[] = []
  const names = new Map<unknown, string>()
  let caches = 0
  /** Above 0 while a callback runs: what that does happens again by itself. */
  let depth = 0
  let shown = Number.NaN

  /** An object or a symbol gets a name, so that it is the same one everywhere. */
  function nameOf(value: object | symbol, code: string): string {
    const known = names.get(value)
    if (known !== undefined) return known
    const name = `${typeof value}${names.size + 1}`
    names.set(value, name)
    declarations.push(`const ${name} = ${code}`)
    return name
  }

  function show(value: unknown): string {
    if (typeof value === "string") return JSON.stringify(value)
    if (typeof value === "bigint") return `${value}n`
    if (typeof value === "symbol") return nameOf(value, `Symbol(${show(value.description)})`)
    if (typeof value === "function") return showFunction(value as AnyStrategy)
    if (Object.is(value, -0)) return "-0"
    if (typeof value !== "object" || value === null) return String(value)
    if (Array.isArray(value)) {
      return value.length === 0 ? nameOf(value, "[]") : `[${value.map(show).join(", ")}]`
    }
    const members = entriesOf(value).filter(([, member]) => member !== undefined)
    if (members.length === 0) return nameOf(value, "{}")
    return `{ ${members.map(([name, member]) => `${name}: ${show(member)}`).join(", ")} }`
  }

  function showFunction(value: AnyStrategy): string {
    return value.strategyName === undefined ? "() => {}" : codeNameOf(value)
  }

  /** A function that does the same, and what it has returned, as code. */
  function heard(original: (...args: unknown[]) => unknown): [typeof original, () => string] {
    const results: unknown[] = []
    function listening(this: unknown, ...args: unknown[]): unknown {
      const result = original.apply(this, args)
      results.push(result)
      return result
    }
    return [
      listening,
      () => {
        const values = new Set(results).size === 1 ? results.slice(0, 1) : results
        return values[0] === undefined ? "() => {}" : `returning(${values.map(show).join(", ")})`
      },
    ]
  }

  function write(line: string | (() => string)): void {
    const text = typeof line === "string" ? () => line : line
    const indent = depth === 0 ? "" : `// ${"  ".repeat(depth)}`
    lines.push(() => indent + text())
  }

  const make: Make = (options) => {
    const name = `cache${caches++ === 0 ? "" : caches}`
    // An object that is none of those which scripts show must not be looked at.
    const plain = options === undefined || Object.getPrototypeOf(options) === Object.prototype
    const given = plain ? { ...options } : (options as Record<string, unknown>)
    const clock = (plain ? given.clock : undefined) as { now(): number } | undefined
    const shownOptions = Object.entries(given).map(([option, value]): (() => string) => {
      if (value === clock && clock !== undefined) return () => "clock: { now: () => now }"
      if (typeof value !== "function") return () => `${option}: ${show(value)}`
      const [listening, code] = heard(value as never)
      given[option] = listening
      return () => `${option}: ${code()}`
    })
    writeTime(clock)
    write(() => {
      const code = shownOptions.map((each) => each()).join(", ")
      return `const ${name} = ${show(strategy)}({ ${code} })`
    })
    return watched((strategy as Make)(options ? given : options), name, clock)
  }

  function writeTime(clock: { now(): number } | undefined): void {
    if (clock === undefined || clock.now() === shown) return
    write(`${Number.isNaN(shown) ? "let " : ""}now = ${clock.now()}`)
    shown = clock.now()
  }

  function watched(
    cache: TestCache,
    name: string,
    clock: { now(): number } | undefined,
  ): TestCache {
    const self: TestCache = new Proxy(cache, {
      get(target, member) {
        const value: unknown = Reflect.get(target, member, target)
        if (typeof value !== "function") return value
        return (...args: unknown[]) => {
          if (CHANGING.has(member)) {
            writeTime(clock)
            write(`${name}.${String(member)}(${args.map(show).join(", ")})`)
          }
          depth++
          try {
            const result: unknown = value.apply(target, args)
            return result === target ? self : result
          } finally {
            depth--
          }
        }
      },
    })
    return self
  }

  const { name, ...traits } = strategy
  Object.defineProperty(make, "name", { value: name })
  return {
    strategy: Object.assign(make, traits) as unknown as AnyStrategy,
    script() {
      const code = lines.map((line) => line())
      if (code.some((line) => line.includes("returning("))) declarations.unshift(RETURNING)
      return [...declarations, ...code].join("\n")
    },
  }
}
