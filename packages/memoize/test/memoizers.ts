import { createRequire } from "node:module"
import { lru } from "@evictionary/lru"
import { memoize, memoizeAsync } from "@evictionary/memoize"
import fastMemoize from "fast-memoize"
import lodashMemoize from "lodash.memoize"
import theirMemoize, { memoizeClear } from "memoize"
import memoizee from "memoizee"
import { memoize as microMemoize } from "micro-memoize"
import moize from "moize"
import pMemoize, { pMemoizeClear } from "p-memoize"
import { weakMapMemoize } from "reselect"

/** A function as a stranger may have it memoized. */
export type Fn = (this: unknown, ...args: unknown[]) => unknown
export type AsyncFn = (...args: unknown[]) => Promise<unknown>

export interface Memoizer {
  name: string
  /** With no more options than it takes to do its work. */
  memoize(fn: Fn): Fn
}

/** One that has an idea of promises. */
export interface AsyncMemoizer {
  name: string
  memoize(fn: AsyncFn): AsyncFn
  /** Removes the result of `f(1)`. */
  remove(f: AsyncFn): unknown
  /** Calls `f(1)` for somebody who may abort. */
  callWith?(f: AsyncFn, signal: AbortSignal): Promise<unknown>
}

// What some packages declare is not what Node.js gets of them.
const { nanomemoize } = createRequire(import.meta.url)("nano-memoize")
const any = (memoize: unknown) => memoize as (fn: Fn, options?: object) => Fn
const promising = (memoize: unknown) => memoize as (fn: AsyncFn, options?: object) => AsyncFn
const of = <T>(f: unknown) => f as T

export const memoizers: readonly Memoizer[] = [
  { name: "ours", memoize: (fn) => memoize(fn, lru({ capacity: 128 })) as Fn },
  { name: "lodash.memoize", memoize: any(lodashMemoize) },
  { name: "memoize", memoize: (fn) => any(theirMemoize)(fn) },
  { name: "micro-memoize", memoize: any(microMemoize) },
  { name: "moize", memoize: any(moize) },
  { name: "memoizee", memoize: any(memoizee) },
  { name: "fast-memoize", memoize: any(fastMemoize) },
  { name: "nano-memoize", memoize: any(nanomemoize) },
  { name: "reselect", memoize: any(weakMapMemoize) },
]

export const asyncMemoizers: readonly AsyncMemoizer[] = [
  {
    name: "ours",
    memoize: (fn) => memoizeAsync(fn, lru({ capacity: 128 })) as AsyncFn,
    remove: (f) => of<{ delete(x: number): unknown }>(f).delete(1),
    callWith: (f, signal) => of<{ with(terms: object): AsyncFn }>(f).with({ signal })(1),
  },
  { name: "p-memoize", memoize: promising(pMemoize), remove: (f) => pMemoizeClear(f) },
  {
    name: "memoizee",
    memoize: (fn) => promising(memoizee)(fn, { promise: true }),
    remove: (f) => of<{ delete(x: number): unknown }>(f).delete(1),
  },
  {
    name: "moize",
    memoize: (fn) => promising(moize)(fn, { isPromise: true }),
    remove: (f) => of<{ remove(args: unknown[]): unknown }>(f).remove([1]),
  },
  {
    name: "micro-memoize",
    memoize: (fn) => promising(microMemoize)(fn, { async: true }),
    remove: (f) => of<{ cache: { delete(args: unknown[]): unknown } }>(f).cache.delete([1]),
  },
  {
    name: "memoize",
    memoize: (fn) => promising(theirMemoize)(fn),
    remove: (f) => memoizeClear(f as never),
  },
]
