import { afterAll, beforeAll, describe } from "vitest"
import { type RedisServer, redisBinary, startRedis } from "../../../scripts/redis-server.ts"

/** The server to start, if there is one on this machine. */
export const binary: string | undefined = redisBinary()

/** Tests that need a server, which all of them share; skipped without. */
export function withServer(title: string, tests: (server: () => RedisServer) => void): void {
  describe.runIf(binary)(title, () => {
    let server: RedisServer
    beforeAll(async () => {
      server = await startRedis(binary!)
    })
    afterAll(() => server.kill())
    tests(() => server)
  })
}
