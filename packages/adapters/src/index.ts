export { type KeyValueCache, keyValueCache } from "./apollo.ts"
export { type KeyvStore, keyvStore } from "./keyv.ts"
export { type NextCacheHandler, type NextEntry, nextCacheHandler } from "./next.ts"
export { type UnstorageDriver, unstorageDriver } from "./unstorage.ts"
