import { transformSync } from "esbuild"
import { afterEach, describe, expect, it, vi } from "vitest"
import { ts } from "../../../scripts/typescript.ts"
import { recency } from "./policies.ts"

const BLOCK = "{ using disposed = cache; disposed.set(1, 1) }"

const compiled = {
  esbuild: transformSync(BLOCK, { target: "es2022" }).code,
  TypeScript: ts.transpile(BLOCK, { target: ts.ScriptTarget.ES2022 }),
}

const native = Symbol

/** `Symbol` of a platform that does not know of disposal. */
function withoutDisposal(): SymbolConstructor {
  const { dispose, asyncDispose, ...others } = Object.getOwnPropertyDescriptors(native)
  return Object.defineProperties((text?: string) => native(text), others) as never
}

type Writable = { dispose?: symbol }

/** What a program does about it, before and after it imports a cache. */
const platforms = {
  "with `Symbol.dispose`": { symbol: () => native },
  "without it": { symbol: withoutDisposal },
  "with a polyfill from before": {
    symbol: () => Object.assign(withoutDisposal(), { dispose: native("Symbol.dispose") }),
  },
  "with the polyfill of core-js from later on": {
    symbol: withoutDisposal,
    later: (symbol: Writable) => {
      symbol.dispose = native.for("Symbol.dispose")
    },
  },
}

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

async function on({ symbol, later }: { symbol(): SymbolConstructor; later?(s: Writable): void }) {
  const platform = symbol()
  vi.stubGlobal("Symbol", platform)
  vi.resetModules()
  const { recency } = await import("./policies.ts")
  const cache = recency<number, number>({ capacity: 10 })
  later?.(platform as Writable)
  return { cache, platform }
}

/** Runs what a compiler has made of the block. */
function run(code: string, cache: object, platform: SymbolConstructor): void {
  new Function("cache", "Symbol", code)(cache, platform)
}

describe.each(Object.entries(platforms))("%s", (name, platform) => {
  it("no member is called undefined", async () => {
    const { cache } = await on(platform)
    expect("undefined" in cache).toBe(false)
  })

  const compilers = Object.entries(compiled).filter(
    // TypeScript looks for the symbol before it looks at the value.
    ([compiler]) => compiler === "esbuild" || name !== "without it",
  )
  it.each(compilers)("`using`, as %s compiles it, clears the cache", async (_, code) => {
    const { cache, platform: symbol } = await on(platform)
    const cleared = vi.spyOn(cache, "clear")
    run(code, cache, symbol)
    expect(cleared).toHaveBeenCalledOnce()
    expect(cache.size).toBe(0)
  })
})

it("a program may replace the method on its own cache, as it may any other", () => {
  const cache = recency<number, number>({ capacity: 1 })
  const disposed = vi.fn()
  cache[Symbol.dispose] = disposed
  cache[Symbol.dispose]()
  expect(disposed).toHaveBeenCalledOnce()
})

it("TypeScript asks for a polyfill where there is none", async () => {
  const { cache, platform } = await on(platforms["without it"])
  expect(() => run(compiled.TypeScript, cache, platform)).toThrow("Symbol.dispose is not defined")
})
