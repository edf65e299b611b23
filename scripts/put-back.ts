import fc from "fast-check"
import { afterAll, vi } from "vitest"

/** What a file has put in the place of what all share is gone before the next file is loaded. */
afterAll(() => {
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  vi.useRealTimers()
  fc.resetConfigureGlobal()
})
