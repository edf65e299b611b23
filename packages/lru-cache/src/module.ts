// What is loaded at run time. Who knows only of the types finds the class alone, in `index.ts`.
import { LRUCache } from "./lru-cache.ts"

// lru-cache 7 to 9 was the class as well as an object that holds it, and 5 and 6 were the class.
Object.assign(LRUCache, { LRUCache, default: LRUCache })

// biome-ignore lint/style/noDefaultExport: so they were imported.
export { LRUCache, LRUCache as default, LRUCache as "module.exports" }
