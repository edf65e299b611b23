/**
 * Something under way whose result may go into the first tier: a read, or a load. It is registered
 * before the tier is asked, so that nothing can be told in between.
 */
export interface Operation {
  readonly key: string
  /** When it began, by the count of changes. */
  readonly tick: number
  /** Its key has changed: its result is for those who wait, and not to be kept. */
  dirty: boolean
  next: Operation | undefined
}

/** What is under way, by key. */
export class Pending {
  private readonly operations: Map<string, Operation>

  constructor() {
    this.operations = new Map()
  }

  begin(key: string, tick: number): Operation {
    const operation = { key, tick, dirty: false, next: this.operations.get(key) }
    this.operations.set(key, operation)
    return operation
  }

  end(operation: Operation): void {
    const { key, next } = operation
    let other = this.operations.get(key)
    if (other === operation) {
      if (next) this.operations.set(key, next)
      else this.operations.delete(key)
      return
    }
    while (other && other.next !== operation) other = other.next
    if (other) other.next = next
  }

  /** The key has changed. */
  soil(key: string): void {
    for (let each = this.operations.get(key); each; each = each.next) each.dirty = true
  }
}
