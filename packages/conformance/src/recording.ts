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

type Make = (options?: Record<string, unknown>) => TestCache

/** A strategy that does what another does, and writes it down. */
export interface Recording {
  readonly strategy: AnyStrategy
  /** What has been done to its caches, as code that does it again. */
  script(): string
}

export function recording(strategy: AnyStrategy): Recording {
  const declarations: string[] = []
  const lines: string[] = []
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
    const members = Object.entries(value).filter(([, member]) => member !== undefined)
    if (members.length === 0) return nameOf(value, "{}")
    return `{ ${members.map(([name, member]) => `${name}: ${show(member)}`).join(", ")} }`
  }

  function showFunction(value: AnyStrategy): string {
    if (value.strategyName !== undefined) return value.name || value.strategyName
    const code = String(value)
    return code.length > 80 || code.includes("\n") ? `/* ${value.name || "…"} */ () => {}` : code
  }

  function write(line: string): void {
    lines.push(depth === 0 ? line : `// ${"  ".repeat(depth)}${line}`)
  }

  const make: Make = (options) => {
    const { clock, ...others } = options ?? {}
    const now = clock as { now(): number } | undefined
    const name = `cache${caches++ === 0 ? "" : caches}`
    const time = now === undefined ? "" : "clock: { now: () => now }"
    const given = Object.keys(others).length === 0 ? "" : show(others).slice(2, -2)
    writeTime(now)
    write(`const ${name} = ${show(strategy)}({ ${[given, time].filter(Boolean).join(", ")} })`)
    const cache = (strategy as Make)(options)
    return watched(cache, name, now)
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
    script: () => [...declarations, ...lines].join("\n"),
  }
}
