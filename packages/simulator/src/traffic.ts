import { invalid } from "@evictionary/core"
import { pause } from "./platform.ts"

/**
 * What a request asks for. Traces give a number for an integer of 32 bits, which caches are fastest
 * with, and text for all else.
 */
export type Key = number | string

/** Requests in a row, the first one first. */
export interface Block {
  readonly keys: readonly Key[]
  /** How many bytes each asks for, if that is known. */
  readonly sizes?: readonly number[] | undefined
}

/** Requests: the keys one by one, or, where they have to be waited for or have sizes, in blocks. */
export type Traffic = Iterable<Key> | AsyncIterable<Block>

/** What is used of an `AbortSignal`, whose type is not everywhere. */
export interface Signal {
  readonly aborted: boolean
  addEventListener(type: "abort", listener: () => void, options: { once: boolean }): void
  removeEventListener(type: "abort", listener: () => void): void
}

/** What may be told to everything that goes through traffic. */
export interface PassOptions {
  /** Ends the work early: what is known by then is the result, and says that it is not complete. */
  signal?: Signal | undefined
  /** Called after each block, with what has been done by then. */
  onProgress?: ((progress: Progress) => void) | undefined
}

export interface Progress {
  /** `"replay"` while requests are read, then `"min"` while the best possible is worked out. */
  readonly stage: "replay" | "min"
  /** Requests that this stage has gone through. */
  readonly requests: number
  /** Requests that it will go through, if that is known. */
  readonly total: number | undefined
}

/** So many keys of an iterable make a block: what a cache works on fits a processor's own caches. */
const BLOCK = 8192

/** Blocks of more are visited in parts. */
const LONGEST = 4 * BLOCK

/**
 * Visits the blocks of traffic in turn, long ones in parts; other work, and signals, come in between.
 * Returns whether all were visited, as they are unless the signal ended it.
 */
export async function eachBlock(
  traffic: Traffic,
  signal: Signal | undefined,
  visit: (block: Block) => void,
): Promise<boolean> {
  if (typeof traffic !== "object" || traffic === null) {
    throw invalid("INVALID_ARGUMENT", "traffic", "an iterable of keys or of blocks", traffic)
  }
  const blocks = Symbol.asyncIterator in traffic ? traffic : inBlocks(traffic)
  const iterator = blocks[Symbol.asyncIterator]()
  try {
    for (;;) {
      const step = await unlessAborted(iterator, signal)
      if (step === undefined) return false
      if (step.done === true) return true
      for (const part of partsOf(step.value)) {
        visit(part)
        await pause()
        if (signal?.aborted) return false
      }
    }
  } finally {
    // Not awaited, since a source that keeps us waiting would not answer this either.
    iterator.return?.().catch(() => {})
  }
}

function* partsOf({ keys, sizes }: Block): Generator<Block> {
  for (let at = 0; at === 0 || at < keys.length; at += LONGEST) {
    const end = at + LONGEST
    yield at === 0 && end >= keys.length
      ? { keys, sizes }
      : { keys: keys.slice(at, end), sizes: sizes?.slice(at, end) }
  }
}

async function* inBlocks(traffic: Iterable<Key>): AsyncGenerator<Block> {
  let keys: Key[] = []
  for (const key of traffic) {
    keys.push(key)
    if (keys.length === BLOCK) {
      yield { keys }
      keys = []
    }
  }
  if (keys.length > 0) yield { keys }
}

/** The next step; `undefined` if the signal comes first. */
function unlessAborted(
  iterator: AsyncIterator<Block>,
  signal: Signal | undefined,
): Promise<IteratorResult<Block> | undefined> {
  if (signal === undefined) return iterator.next()
  if (signal.aborted) return Promise.resolve(undefined)
  return new Promise((resolve, reject) => {
    const onAbort = () => resolve(undefined)
    signal.addEventListener("abort", onAbort, { once: true })
    iterator
      .next()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener("abort", onAbort))
  })
}
