import { reporter } from "@evictionary/core"
import { afterEach, beforeEach, expect, it, vi } from "vitest"

const warn = vi.fn()
let now = 0

beforeEach(() => {
  now = 0
  warn.mockClear()
  vi.stubGlobal("reportError", undefined)
  vi.stubGlobal("performance", { now: () => now })
  vi.stubGlobal("process", { emitWarning: warn })
})

afterEach(() => {
  vi.unstubAllGlobals()
})

it("where there is no reportError, an error becomes a warning, with its stack", () => {
  const error = new Error("lost")
  reporter()(error)
  expect(warn).toHaveBeenCalledExactlyOnceWith(error.stack, "CacheWarning")
})

it("there is one warning in a minute, and it says how many errors had none", () => {
  const report = reporter()
  const another = reporter()
  for (now of [0, 1, 59_999, 60_000, 60_001, 120_000, 200_000]) report(`at ${now}`)
  another("of another cache")
  expect(warn.mock.calls.map(([text]) => text)).toEqual([
    "at 0",
    "at 60000\nand 2 more since the last warning",
    "at 120000\nand 1 more since the last warning",
    "at 200000",
    "of another cache",
  ])
})

it("a clock that is set back silences nobody", () => {
  const report = reporter()
  for (now of [1e9, 0]) report("lost")
  expect(warn).toHaveBeenCalledTimes(2)
})

it.each(["Bun", "Deno"])(
  "%s has a reportError that would end the process: it is warned",
  (host) => {
    const reportError = vi.fn()
    vi.stubGlobal("reportError", reportError)
    vi.stubGlobal(host, {})
    reporter()("lost")
    expect(reportError).not.toHaveBeenCalled()
    expect(warn).toHaveBeenCalledOnce()
  },
)

it("a host without a process gets it on the console", () => {
  const error = vi.spyOn(console, "error").mockImplementation(() => {})
  vi.stubGlobal("process", undefined)
  reporter()("lost")
  expect(error).toHaveBeenCalledExactlyOnceWith("lost")
  error.mockRestore()
})

it("each error goes to reportError, where there is one", () => {
  const reportError = vi.fn()
  vi.stubGlobal("reportError", reportError)
  const report = reporter()
  for (const error of [1, 2, 3]) report(error)
  expect(reportError.mock.calls).toEqual([[1], [2], [3]])
  expect(warn).not.toHaveBeenCalled()
})

it("it never throws, whatever the error is and whatever the host does", () => {
  const failing = () => {
    throw "from the host"
  }
  const errors = [undefined, null, Symbol("symbol"), Object.create(null), { toString: failing }]
  for (const error of errors) reporter()(error)
  expect(warn.mock.calls.map(([text]) => text)).toEqual([
    "undefined",
    "null",
    "Symbol(symbol)",
    "an error that has no form as text",
    "an error that has no form as text",
  ])
  for (const name of ["reportError", "process", "performance"]) {
    vi.stubGlobal(name, { now: failing, emitWarning: failing, call: failing })
    reporter()("lost")
    reporter(failing)("lost")
  }
})

it("a handler gets the error with all that is said of it, and the host gets what it throws", () => {
  const got: unknown[] = []
  const report = reporter((error, ...details: string[]) => {
    got.push([error, ...details])
    throw "from the handler"
  })
  report("lost", "get", "key")
  expect(got).toEqual([["lost", "get", "key"]])
  expect(warn.mock.calls.map(([text]) => text)).toEqual(["from the handler"])
})
