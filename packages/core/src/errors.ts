/**
 * What went wrong, in a form that programs can rely on. Codes are part of the public contract:
 * they are never renamed, and each has a heading in the README.
 */
export type CacheErrorCode =
  | "CYCLE"
  | "INVALID_ARGUMENT"
  | "INVALID_OPTION"
  | "INVALID_POLICY"
  | "NO_LOAD"
  | "TIMEOUT"
  | "UNKNOWN_OPTION"
  | "UNREACHABLE"
  | "UNSUPPORTED"

/** The only error that this library throws by itself; everything else comes from your callbacks. */
export class CacheError extends Error {
  override readonly name = "CacheError"
  /** Stable: compare with this, never with the message. */
  readonly code: CacheErrorCode

  constructor(code: CacheErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

export type InvalidCode = "INVALID_ARGUMENT" | "INVALID_OPTION"

/** Throws unless `value` is a count of entries: a non-negative integer or `Infinity`. */
export function checkCount(code: InvalidCode, name: string, value: unknown): void {
  if (value !== Infinity && !(Number.isSafeInteger(value) && (value as number) >= 0)) {
    throw invalid(code, name, "a non-negative integer or Infinity", value)
  }
}

/** Throws unless `value` is a weight. */
export function checkWeight(code: InvalidCode, name: string, value: unknown): void {
  if (!(Number.isSafeInteger(value) && (value as number) >= 0)) {
    throw invalid(code, name, "a non-negative integer", value)
  }
}

/** Throws unless `value` is a cost: so large at most that many together are finite. */
export function checkCost(code: InvalidCode, name: string, value: unknown): void {
  if (!(typeof value === "number" && value >= 0 && value <= Number.MAX_SAFE_INTEGER)) {
    throw invalid(code, name, "a number from 0 to 2^53 - 1", value)
  }
}

/** Throws unless `value` is a span of time. */
export function checkDuration(code: InvalidCode, name: string, value: unknown): void {
  if (!(typeof value === "number" && value >= 0)) {
    throw invalid(code, name, "a non-negative number of milliseconds", value)
  }
}

/** Throws unless `value` is a share of something. */
export function checkShare(code: InvalidCode, name: string, value: unknown): void {
  if (!(typeof value === "number" && value >= 0 && value <= 1)) {
    throw invalid(code, name, "a number from 0 to 1", value)
  }
}

/** Throws unless `value` is a function. */
export function checkFunction(code: InvalidCode, name: string, value: unknown): void {
  if (typeof value !== "function") throw invalid(code, name, "a function", value)
}

/** Throws unless `value` is an object. */
export function checkObject(code: InvalidCode, name: string, value: unknown): void {
  if (typeof value !== "object" || value === null) throw invalid(code, name, "an object", value)
}

/**
 * Whether `error` is what a `Map` throws that takes no more keys: engines let about 2^24 into one.
 * For want of room on the stack it throws a `RangeError`, too.
 */
export function isFullMap(error: unknown): boolean {
  return error instanceof RangeError && !/stack/.test(error.message)
}

/** The error that says `` `capacity` must be a non-negative integer, received 1.5 ``. */
export function invalid(
  code: InvalidCode,
  name: string,
  must: string,
  received: unknown,
): CacheError {
  return new CacheError(code, `\`${name}\` must be ${must}, received ${show(received)}`)
}

/** The error that says that weights can no longer be added up. */
export function inexact(name: string, most: number, weight: number): CacheError {
  return invalid("INVALID_ARGUMENT", name, `at most ${most} for a sum that is exact`, weight)
}

/** A value as a reader of an error message wants to see it: short, and its type visible. */
function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value)
  if (typeof value === "function") return "a function"
  return typeof value === "object" && value !== null ? "an object" : String(value)
}
