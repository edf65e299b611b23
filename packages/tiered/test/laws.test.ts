import type { Tier } from "@evictionary/tiered"
import { tierConformance } from "@evictionary/tiered/laws"
import { MemoryTier, VirtualClock } from "@evictionary/tiered/memory"
import { describe, it } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { clients } from "./clients.ts"
import { withServer } from "./with-server.ts"

const clock = new VirtualClock()
tierConformance(
  "memory",
  { tier: new MemoryTier({ clock, tags: 20 }), wait: (ms) => clock.advance(ms) },
  { describe, it },
)

const names = deep ? Object.keys(clients) : ["ioredis 5", "node-redis 6"]

for (const name of names) {
  withServer(name, (server) => {
    const tier: Tier = {
      connect: (space) => clients[name]!(server().port, { tags: 20 }).connect(space),
      listen: (space, hear) => clients[name]!(server().port).listen(space, hear),
    }
    const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
    tierConformance(name, { tier, wait }, { describe, it })
  })
}
