/** What a change was to make others forget. */
export interface Intent {
  readonly kind: "key" | "tag" | "all"
  readonly names: readonly string[]
  /** It did not reach the tier, or it is not known whether it did. */
  failed: boolean
}

/**
 * The changes that have not been answered. What failed is healed by forgetting, never by writing
 * late: whatever a change was, in the end its keys are removed, its tags invalidated. Only the last
 * intent for a name counts.
 */
export class Intents {
  private readonly limit: number
  private readonly keys: Map<string, Intent>
  private readonly tags: Map<string, Intent>
  private all: Intent | undefined

  /** When there are more than `limit` names, all is to be forgotten instead. */
  constructor(limit: number) {
    this.limit = limit
    this.keys = new Map()
    this.tags = new Map()
    this.all = undefined
  }

  get size(): number {
    return this.keys.size + this.tags.size + (this.all ? 1 : 0)
  }

  add(kind: Intent["kind"], names: readonly string[] = []): Intent {
    const intent = { kind, names, failed: false }
    if (kind === "all") {
      this.all = intent
    } else {
      const known = kind === "key" ? this.keys : this.tags
      for (const name of names) known.set(name, intent)
    }
    return intent
  }

  /** The tier has answered: there is nothing left to do. */
  settle(intent: Intent): void {
    if (this.all === intent) this.all = undefined
    const known = intent.kind === "key" ? this.keys : this.tags
    for (const name of intent.names) if (known.get(name) === intent) known.delete(name)
  }

  fail(intent: Intent): void {
    intent.failed = true
    if (this.keys.size + this.tags.size <= this.limit) return
    this.keys.clear()
    this.tags.clear()
    this.all = { kind: "all", names: [], failed: true }
  }

  /** Whether what the tier says of a key may be what this process has changed. */
  distrusts(key: string): boolean {
    return this.all !== undefined || this.keys.has(key)
  }

  /** The same, of an entry with these tags. */
  distrustsTags(tags: readonly string[]): boolean {
    return this.tags.size > 0 && tags.some((tag) => this.tags.has(tag))
  }

  /** What is to be done again, at most `size` names in each. */
  failed(size: number): Intent[] {
    const found = this.all?.failed ? [this.all] : []
    for (const [kind, known] of [
      ["key", this.keys],
      ["tag", this.tags],
    ] as const) {
      const names = [...known].flatMap(([name, intent]) => (intent.failed ? [name] : []))
      for (let from = 0; from < names.length; from += size) {
        found.push(this.retried(kind, names.slice(from, from + size)))
      }
    }
    return found
  }

  /** One intent for what several have left to do. */
  private retried(kind: "key" | "tag", names: readonly string[]): Intent {
    const intent = this.add(kind, names)
    intent.failed = true
    return intent
  }
}
