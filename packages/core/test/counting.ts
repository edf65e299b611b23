import { vi } from "vitest"

/** As they are; while counting, others stand in for them. */
const ARRAYS = { Int32Array, Float64Array }

type Policies = typeof import("./policies.ts")

/**
 * The policies, on an engine whose typed arrays count how often an element is read: that is where
 * it searches, and where lists and heaps are.
 */
export async function counting(): Promise<Policies & { reads(): number }> {
  let reads = 0
  function watched<Array extends object>(array: Array): Array {
    return new Proxy(array, {
      get(target, name) {
        if (typeof name === "string" && name >= "0" && name <= "9~") reads++
        const value: unknown = Reflect.get(target, name, target)
        return typeof value === "function" ? value.bind(target) : value
      },
      set: (target, name, value) => Reflect.set(target, name, value, target),
    })
  }
  for (const [name, Constructor] of Object.entries(ARRAYS)) {
    vi.stubGlobal(
      name,
      class {
        constructor(length: number) {
          // biome-ignore lint/correctness/noConstructorReturn: what is made is an array, watched.
          return watched(new Constructor(length))
        }
      },
    )
  }
  vi.resetModules()
  return { ...(await import("./policies.ts")), reads: () => reads }
}
