/** Stands in a cache for the error of a call, where the option `cacheErrors` has it remembered. */
export class CachedError {
  readonly error: unknown

  constructor(error: unknown) {
    this.error = error
  }
}
