import { expect, test } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { clients } from "./clients.ts"
import { explore } from "./explorer.ts"
import { SCENARIOS } from "./scenarios.ts"
import { onServer } from "./server-place.ts"
import { withServer } from "./with-server.ts"

/** On a server, that a lease has ended is told without a number: it cannot be waited for. */
const chosen = Object.entries(SCENARIOS).filter(([, { lease }]) => !lease)

withServer("on a real server, too", (server) => {
  test.runIf(deep).each(chosen)("nothing old comes back when %s", async (_, scenario) => {
    const make = onServer(clients["ioredis 5"]!(server().port))
    const { violation, schedules } = await explore(scenario, 60, undefined, make)
    expect(violation).toBe(undefined)
    expect(schedules).toBeGreaterThan(4)
  })
})
