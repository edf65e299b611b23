import { CacheError, reporter, type Signal } from "@evictionary/core"

/** The platform's `AbortController`. */
interface Controller {
  readonly signal: Signal
  abort(reason?: unknown): void
}

/** Told why somebody leaves. */
type Quit = (reason: unknown) => void

/** Whether all have left, and who has to be told. */
export class Abandonment {
  aborted: boolean
  reason: unknown
  /** Made for whoever has to be told. */
  quits: Set<Quit> | undefined
  private controller: Controller | undefined

  constructor() {
    this.aborted = false
    this.quits = undefined
  }

  /**
   * The platform's signal of it, which is made for whoever asks: most runs never do, and not every
   * platform has one.
   *
   * @throws {CacheError} `UNSUPPORTED` if the platform has no `AbortController`.
   */
  get signal(): Signal {
    if (!this.controller) {
      this.controller = createController()
      if (this.aborted) this.controller.abort(this.reason)
    }
    return this.controller.signal
  }

  abort(reason: unknown): void {
    this.aborted = true
    this.reason = reason
    this.controller?.abort(reason)
    for (const quit of this.quits ?? []) quit(reason)
  }
}

function createController(): Controller {
  const { AbortController } = globalThis as unknown as { AbortController?: new () => Controller }
  if (AbortController) return new AbortController()
  throw new CacheError("UNSUPPORTED", "`signal` needs `AbortController`, which is not there")
}

/** Who has to be told of the end of a signal, and the listener that does it. */
interface Audience {
  readonly quits: Set<Quit>
  tell(): void
}

/** By signal, as long as somebody waits: one listener each, since platforms warn of many. */
const heard = /* @__PURE__ */ new WeakMap<Signal, Audience>()

const report = /* @__PURE__ */ reporter()

/** Calls `quit` when `source` is aborted, unless the function that is returned was called before. */
export function onAbort(source: Abandonment | Signal, quit: Quit): () => void {
  if (source instanceof Abandonment) {
    const quits = source.quits ?? new Set()
    source.quits = quits.add(quit)
    return () => quits.delete(quit)
  }
  const { quits, tell } = heard.get(source) ?? hear(source)
  quits.add(quit)
  return () => {
    if (!quits.delete(quit) || quits.size > 0) return
    heard.delete(source)
    try {
      source.removeEventListener("abort", tell)
    } catch (error) {
      report(error)
    }
  }
}

function hear(signal: Signal): Audience {
  const quits = new Set<Quit>()
  const tell = () => {
    let reason: unknown
    try {
      reason = signal.reason
    } catch (error) {
      reason = error
    }
    for (const quit of quits) quit(reason)
  }
  signal.addEventListener("abort", tell)
  const audience = { quits, tell }
  heard.set(signal, audience)
  return audience
}
