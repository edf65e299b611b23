export { LRUCache } from "./lru-cache.ts"
