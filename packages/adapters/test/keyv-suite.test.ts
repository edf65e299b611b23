import { keyvStore } from "@evictionary/adapters"
import { lru } from "@evictionary/lru"
import { unbounded } from "@evictionary/unbounded"
import keyvTestSuite, { keyvIteratorTests, keyvNamespaceTest } from "@keyv/test-suite"
import { Keyv } from "keyv"
import { Keyv as Keyv6 } from "keyv-6"
import * as vitest from "vitest"

const caches = { lru: lru<string, unknown>({ capacity: 100 }), unbounded: unbounded() }

vitest.describe.each(Object.entries(caches))("a store over %s", (_, cache) => {
  vitest.describe("passes the suite of Keyv 5:", () => {
    const store = () => keyvStore(cache as typeof caches.lru)
    keyvTestSuite(vitest, Keyv, store)
    keyvIteratorTests(vitest, Keyv, store)
  })

  // The others are of what Keyv 6 does in another way.
  vitest.describe("passes what of it is for Keyv 6:", () => {
    const store = () => keyvStore(cache as typeof caches.lru)
    keyvNamespaceTest(vitest, Keyv6 as never, store)
    keyvIteratorTests(vitest, Keyv6 as never, store)
  })
})
