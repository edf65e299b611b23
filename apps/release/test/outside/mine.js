import { defineStrategy } from "@evictionary/core"

/** Most recently used: the victim is the entry that was used last. */
export const mine = defineStrategy("mine", ({ slots }) => new MinePolicy(slots), {
  promotes: true,
  rearranges: true,
})

class MinePolicy {
  constructor(slots) {
    this.byUse = slots.list()
  }

  onHit(slot) {
    this.byUse.moveToYoungest(slot)
  }

  evict() {
    const victim = this.byUse.youngest
    this.byUse.remove(victim)
    return victim
  }

  onInsert(slot) {
    this.byUse.addYoungest(slot)
  }

  onRemove(slot) {
    this.byUse.remove(slot)
  }

  resize() {}

  *[Symbol.iterator]() {
    for (let slot = this.byUse.youngest; slot !== 0; slot = this.byUse.older(slot)) yield slot
  }

  arrange(coldestFirst) {
    return [...coldestFirst].reverse()
  }
}
