/** Something that waits for its answer among others. */
interface Item<Q, A> {
  readonly question: Q
  readonly resolve: (answer: A) => void
  readonly reject: (error: unknown) => void
}

/** Asks what is to be asked in one turn of the event loop in one question, up to `limit` a time. */
export class Batch<Q, A> {
  private readonly limit: number
  private readonly ask: (questions: Q[]) => Promise<readonly A[]>
  private items: Item<Q, A>[]

  constructor(limit: number, ask: (questions: Q[]) => Promise<readonly A[]>) {
    this.limit = limit
    this.ask = ask
    this.items = []
  }

  get isEmpty(): boolean {
    return this.items.length === 0
  }

  add(question: Q): Promise<A> {
    return new Promise((resolve, reject) => {
      this.items.push({ question, resolve, reject })
      // Two, so that what the answers of one batch lead to is one batch again.
      if (this.items.length === 1) queueMicrotask(() => queueMicrotask(() => this.flush()))
      else if (this.items.length >= this.limit) this.flush()
    })
  }

  private flush(): void {
    const { items } = this
    if (items.length === 0) return
    this.items = []
    this.ask(items.map(({ question }) => question)).then(
      (answers) => {
        for (let i = 0; i < items.length; i++) items[i]!.resolve(answers[i]!)
      },
      (error: unknown) => {
        for (const { reject } of items) reject(error)
      },
    )
  }
}
