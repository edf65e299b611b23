import { CacheError, checkFunction, invalid } from "@evictionary/core"
import { apply, type Callable } from "./wrapper.ts"

/** What can be iterated any number of times, though its source is read once. */
export interface Replay<T, R = unknown> extends Iterable<T> {
  [Symbol.iterator](): Generator<T, R, undefined>
}

/** The same, of an asynchronous source. */
export interface AsyncReplay<T, R = unknown> extends AsyncIterable<T> {
  [Symbol.asyncIterator](): AsyncGenerator<T, R, undefined>
}

interface Source<T, R> {
  [Symbol.iterator](): Iterator<T, R>
}

interface AsyncSource<T, R> {
  [Symbol.asyncIterator](): AsyncIterator<T, R>
}

/**
 * Makes a generator function, or another that returns an iterator, fit to be memoized: its results
 * can be iterated any number of times, also at the same time.
 *
 * The items are shared. Each is taken from the source when the first of its readers asks for it, and
 * kept as long as the result is: O(items) memory. What the source returns or throws at its end, it
 * returns or throws to each reader there. What readers send to it by `next` is lost. A reader who
 * stops early does not close the source, since others may go on; so a `finally` in it runs only if
 * somebody reads to the end.
 *
 * It is a decorator of methods too.
 *
 * @throws {CacheError} `INVALID_ARGUMENT` if `fn` is not a function; the function made, if a result
 * cannot be iterated. A reader gets `UNSUPPORTED` if the source reads itself beyond the items that
 * it has yielded, because it waits for itself; if it is asynchronous, it waits for ever.
 *
 * @example
 * ```ts
 * const primes = memoize(
 *   replayable(function* (): Generator<number> {
 *     for (let n = 2; ; n++) if (isPrime(n)) yield n
 *   }),
 *   { strategy: lru, capacity: 1 },
 * )
 * for (const prime of primes()) if (prime > 100) break
 * ```
 */
export function replayable<This, A extends unknown[], T, R>(
  fn: (this: This, ...args: A) => Source<T, R>,
): (this: This, ...args: A) => Replay<T, R>
export function replayable<This, A extends unknown[], T, R>(
  fn: (this: This, ...args: A) => AsyncSource<T, R>,
): (this: This, ...args: A) => AsyncReplay<T, R>
export function replayable(fn: Callable): Callable {
  checkFunction("INVALID_ARGUMENT", "fn", fn)
  function replaying(this: unknown, ...args: unknown[]): unknown {
    const source = apply(fn, this, args) as Partial<Source<unknown, unknown>> &
      Partial<AsyncSource<unknown, unknown>>
    const iterator = source?.[Symbol.iterator]?.()
    if (iterator) return replay(iterator)
    const asyncIterator = source?.[Symbol.asyncIterator]?.()
    if (asyncIterator) return replayAsync(asyncIterator)
    throw invalid("INVALID_ARGUMENT", "fn", "a function that returns an iterator", source)
  }
  // Not its prototype: by that, a generator function is known as one.
  const { name, length } = fn
  return Object.defineProperties(replaying, { name: { value: name }, length: { value: length } })
}

/** What a source says, read once: it may say what comes next in the same object. */
function stepOf<T, R>(step: IteratorResult<T, R>): IteratorResult<T, R> {
  if (Object(step) !== step) throw invalid("INVALID_ARGUMENT", "next()", "an object", step)
  const { done, value } = step
  return { done, value } as IteratorResult<T, R>
}

function replay<T, R>(iterator: Iterator<T, R>): Replay<T, R> {
  const items: T[] = []
  // There is none while it runs, nor when it has ended.
  let source: Iterator<T, R> | undefined = iterator
  let end = (): R => {
    throw new CacheError("UNSUPPORTED", "an iterator waits for an item that it has yet to yield")
  }

  function pull(): void {
    const running = source
    source = undefined
    try {
      if (!running) return
      const { done, value } = stepOf(running.next())
      if (done) {
        end = () => value as R
      } else {
        items.push(value as T)
        source = running
      }
    } catch (error) {
      end = () => {
        throw error
      }
    }
  }

  return {
    *[Symbol.iterator]() {
      for (let i = 0; ; i++) {
        if (i === items.length) pull()
        if (i === items.length) return end()
        yield items[i]!
      }
    },
  }
}

function replayAsync<T, R>(source: AsyncIterator<T, R>): AsyncReplay<T, R> {
  const items: Promise<IteratorResult<T, R>>[] = []
  const pull = async () => stepOf(await source.next())
  return {
    // A reader asks for an item when it has the one before: so the source is never asked for two.
    async *[Symbol.asyncIterator]() {
      for (let i = 0; ; i++) {
        items[i] ??= pull()
        const next = await items[i]!
        if (next.done) return next.value
        yield next.value
      }
    },
  }
}
