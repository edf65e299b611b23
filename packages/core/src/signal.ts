/** What is used of an `AbortSignal`. */
interface SignalLike {
  readonly aborted: boolean
  readonly reason: unknown
  addEventListener(type: "abort", listener: () => void): void
  removeEventListener(type: "abort", listener: () => void): void
}

/** The platform's `AbortSignal`, where its types are there. */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer S } }
  ? S
  : SignalLike
