import { vi } from "vitest"

/** As they are; while counting, others stand in for them. */
const ARRAYS = { Int32Array, Uint16Array, Uint8Array, Float64Array }

/**
 * What `load` imports, with typed arrays that count how often an element is read: that is where the
 * engine searches, and where lists, heaps and sketches are.
 */
export async function counting<Module extends object>(
  load: () => Promise<Module>,
): Promise<Module & { reads(): number }> {
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
        constructor(content: number | ArrayBuffer) {
          // biome-ignore lint/correctness/noConstructorReturn: what is made is an array, watched.
          return watched(new Constructor(content as number))
        }
      },
    )
  }
  vi.resetModules()
  return { ...(await load()), reads: () => reads }
}
