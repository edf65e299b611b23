import { afterEach, expect, it, vi } from "vitest"
import { realHost } from "../src/host.ts"
import { Failure } from "../src/invocation.ts"

afterEach(() => vi.unstubAllEnvs())

it.each([
  [{}, false],
  [{ CI: "true", GITHUB_ACTIONS: "true" }, false],
  [{ FORCE_COLOR: "1" }, true],
  [{ FORCE_COLOR: "" }, false],
  [{ FORCE_COLOR: "0" }, false],
  [{ FORCE_COLOR: "false" }, false],
  [{ FORCE_COLOR: "1", NO_COLOR: "1" }, false],
])("with %j, what goes into a pipe is in colour: %j", (env, colored) => {
  const all: Record<string, string | undefined> = {
    NO_COLOR: undefined,
    FORCE_COLOR: undefined,
    ...env,
  }
  for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value)
  const { isTTY } = process.stdout
  process.stdout.isTTY = false
  expect(realHost("none").colors.isColorSupported).toBe(colored)
  process.stdout.isTTY = isTTY
})

it("a file that cannot be written is told, and is no crash", () => {
  const { save } = realHost("none")
  expect(() => save("nowhere/at/all.html", "")).toThrow(Failure)
  expect(() => save("nowhere/at/all.html", "")).toThrow(
    /^nowhere\/at\/all\.html was not written: ENOENT/,
  )
})
