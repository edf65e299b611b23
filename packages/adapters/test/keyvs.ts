import { Keyv as Keyv5 } from "keyv"
import { Keyv as Keyv6 } from "keyv-6"

/** What both of them can do, and is used here. */
export interface AnyKeyv {
  get(key: string): Promise<unknown>
  getMany(keys: string[]): Promise<unknown[]>
  has(key: string): Promise<boolean>
  hasMany(keys: string[]): Promise<boolean[]>
  set(key: string, value: unknown, ttl?: number): Promise<boolean>
  setMany(entries: { key: string; value: unknown; ttl?: number | undefined }[]): Promise<boolean[]>
  delete(key: string): Promise<boolean>
  deleteMany(keys: string[]): Promise<boolean | boolean[]>
  clear(): Promise<void>
  iterator?(): AsyncIterable<unknown>
  disconnect(): Promise<void>
  on(event: string, listener: (error: unknown) => void): unknown
}

interface Options {
  readonly store: object
  readonly namespace?: string | undefined
  readonly ttl?: number
}

/** Makes one of each version. */
export const versions = {
  "Keyv 5": (options: Options): AnyKeyv => new Keyv5(options as object) as never,
  "Keyv 6": (options: Options): AnyKeyv => new Keyv6(options as object) as never,
}
