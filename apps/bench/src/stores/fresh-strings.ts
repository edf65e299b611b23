import { freshString, type Key } from "./keys.ts"
import type { Store } from "./rivals.ts"

/** A store that is asked with a new string each time, as by a program that has just parsed it. */
export class FreshStrings implements Store {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  get(key: Key): number | undefined {
    return this.#store.get(freshString(key))
  }

  set(key: Key, value: number): unknown {
    return this.#store.set(freshString(key), value)
  }

  has(key: Key): boolean {
    return this.#store.has(freshString(key))
  }

  delete(key: Key): unknown {
    return this.#store.delete!(freshString(key))
  }
}
