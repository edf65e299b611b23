import type { Slot } from "./slot-list.ts"

/**
 * A key that is found again without a hash, since it remembers where a cache has it. It is equal to
 * itself alone, as every object is. To be extended by keys that a program makes to look up by them
 * again and again, as those are that `memoize` makes of several arguments.
 */
export abstract class Placed {
  /** @internal Where it was put last; who looks there sees whether it still is. */
  place: Slot

  constructor() {
    this.place = 0
  }
}
