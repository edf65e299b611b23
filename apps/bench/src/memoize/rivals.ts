import { createRequire } from "node:module"

/** What is memoized. `length` is what some memoizers go by. */
export type Work = (a: number, b: number) => number

/** Somebody else's memoizer. To add one, add it to {@link rivals}. */
export interface Rival {
  name: string
  /** Memoizes for `capacity` calls at most, if it can. Import its package in here. */
  memoize(work: Work, capacity: number): Promise<Work>
}

export const rivals: readonly Rival[] = [
  {
    name: "memoize",
    async memoize(work) {
      const { default: memoize } = await import("memoize")
      return memoize(work)
    },
  },
  {
    name: "micro-memoize",
    async memoize(work, capacity) {
      const { memoize } = await import("micro-memoize")
      return memoize(work, { maxSize: capacity })
    },
  },
  {
    name: "moize",
    async memoize(work, capacity) {
      const { default: moize } = (await import("moize")) as unknown as Default
      return moize(work, { maxSize: capacity })
    },
  },
  {
    name: "memoizee",
    async memoize(work, capacity) {
      const { default: memoizee } = await import("memoizee")
      return memoizee(work, { max: capacity })
    },
  },
  {
    name: "fast-memoize",
    async memoize(work) {
      const { default: fastMemoize } = (await import("fast-memoize")) as unknown as Default
      return fastMemoize(work)
    },
  },
  {
    name: "nano-memoize",
    async memoize(work) {
      // What it declares is its file for bundlers; Node gets an object with it.
      const require = createRequire(import.meta.url)
      const { nanomemoize } = require("nano-memoize") as { nanomemoize: Memoize }
      return nanomemoize(work)
    },
  },
  {
    name: "lodash.memoize",
    async memoize(work) {
      const { default: memoize } = await import("lodash.memoize")
      return memoize(work)
    },
  },
  {
    name: "reselect weakMap",
    async memoize(work) {
      const { weakMapMemoize } = await import("reselect")
      return weakMapMemoize(work)
    },
  },
  {
    name: "reselect maxSize",
    async memoize(work, capacity) {
      const { weakMapMemoize } = await import("reselect")
      return weakMapMemoize(work, { maxSize: capacity })
    },
  },
  {
    name: "reselect lru",
    async memoize(work, capacity) {
      const { lruMemoize } = await import("reselect")
      return lruMemoize(work, { maxSize: capacity })
    },
  },
]

type Memoize = (work: Work, options?: { maxSize: number }) => Work

/** What Node makes of a module whose declaration is not meant for it. */
interface Default {
  default: Memoize
}
