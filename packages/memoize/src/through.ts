import { type CacheAccess, isPromise, NOTHING } from "./cache-access.ts"

/** A load that a cache has in hand. */
export interface Through {
  /** What the cache has; `NOTHING` if there is something to load, or if it has failed. */
  readonly found: unknown
  /**
   * Does the work, for the cache too. The result; or an old one, if the cache gives that first, or in
   * place of an error, which `onOld` is told.
   */
  load(work: () => unknown, onOld: (error: unknown) => void): Promise<unknown>
  /** There will be no result, for this reason. */
  end(reason: unknown): void
}

/**
 * Asks a cache for the value of a key, or to have it loaded. So the cache sees the load from its
 * beginning to its end, and can keep out a result that was overruled meanwhile, in this process or
 * in another.
 *
 * @param getOrLoad How the cache is asked. It calls its argument once at most.
 * @param onDue Called if there is a value, and the cache wants it renewed all the same: by `renew`,
 * which does the work for the cache.
 */
export function askThrough(
  getOrLoad: (load: () => Promise<never>) => unknown,
  access: CacheAccess,
  key: unknown,
  onDue: (renew: (work: () => unknown) => Promise<unknown>) => void,
): Through {
  let deliver = (_result: Promise<never>): void => {}
  const result = new Promise<never>((resolve) => {
    deliver = resolve
  })
  // The cache may have failed, and not hear of it.
  result.catch(() => {})
  /** What is promised to nobody if there is no room on the stack to wait for it. */
  const promises: unknown[] = []
  let state: "answered" | "asked" | "called" = "asked"
  let onCall = () => {}
  /** What the cache answers, or `NOTHING` when it fails; it never rejects. */
  let answer: Promise<unknown> = Promise.resolve(NOTHING)

  function load(): Promise<never> {
    if (state === "answered") onDue(renew)
    else state = "called"
    onCall()
    return result
  }

  function look(): unknown {
    const given = getOrLoad(load)
    promises[0] = given
    if (!isPromise(given)) {
      if (state === "called") onDue(renew)
      state = "answered"
      return given
    }
    const found = new Promise((resolve, reject) => {
      onCall = () => resolve(NOTHING)
      if (state === "called") onCall()
      answer = Promise.resolve(given).catch((error) => {
        reject(error)
        return NOTHING
      })
      answer.then((value) => {
        if (value === NOTHING) return
        if (state === "asked") state = "answered"
        resolve(value)
      })
    })
    promises[1] = found
    return found
  }

  function renew(work: () => unknown): Promise<unknown> {
    const done = (async () => work())()
    Promise.allSettled(promises)
    deliver(done as Promise<never>)
    return done
  }

  return {
    found: access.use("get", key, look),
    async load(work, onOld) {
      const done = renew(work)
      try {
        return await Promise.race([done, answer.then((old) => (old === NOTHING ? done : old))])
      } catch (error) {
        const old = await access.use("get", key, () => answer)
        if (old === NOTHING) throw error
        onOld(error)
        return old
      }
    },
    end(reason) {
      renew(() => {
        throw reason
      }).catch(() => {})
    },
  }
}
