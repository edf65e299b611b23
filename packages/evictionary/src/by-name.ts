// An entry of its own, `evictionary/config`. So the build puts all that is needed to go by names
// into one file, and who imports a single strategy from `evictionary` gets nothing of it.
export {
  type AsyncCaches,
  type Caches,
  type CachesConfig,
  caches,
  cachesAsync,
  type OverOptions,
} from "./caches.ts"
export {
  type CacheConfig,
  type Config,
  type ConfigOptions,
  formatConfig,
  parseConfig,
  type StrategyName,
} from "./config.ts"
export { configSchema, type JsonSchema } from "./config-schema.ts"
export { createCache, createCacheAsync } from "./create-cache.ts"
export type { CachesOptions } from "./environment.ts"
export type { NamedCache } from "./named-cache.ts"
export { type AnyStrategy, type ImportOptions, type Registry, registry } from "./registry.ts"
