import { Writable } from "node:stream"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { lines, spinner, startProgress } from "../src/progress.ts"

describe("where there is no terminal", () => {
  let time: number
  let printed: string[]
  const start = (steps: number) =>
    lines(
      steps,
      (line) => printed.push(line),
      () => time,
    )

  beforeEach(() => {
    time = 0
    printed = []
  })

  it("a line says at once what begins, and further ones now and then how far it is", () => {
    const progress = start(40)
    for (let i = 0; i < 40; i++, time += 1_000) progress.step(`case ${i}`)
    expect(printed).toEqual([
      "0 of 40: case 0",
      "10 of 40, 30 s left: case 10",
      "20 of 40, 20 s left: case 20",
      "30 of 40, 10 s left: case 30",
    ])
  })

  it("there are few lines, however long it takes and however many steps there are", () => {
    const progress = start(10_000)
    for (let i = 0; i < 10_000; i++, time += 60_000) progress.step("slow")
    expect(printed).toHaveLength(20)
  })

  it("nothing more is said of what is over at once", () => {
    const progress = start(3)
    for (const name of ["a", "b", "c"]) progress.step(name)
    progress.stop()
    expect(printed).toEqual(["0 of 3: a"])
  })

  it("what is announced later begins with a line of its own, and its own pace", () => {
    const progress = start(2)
    progress.step("examining")
    progress.step("examining")
    progress.announce(40)
    for (let i = 0; i < 11; i++, time += 1_000) progress.step("timing")
    expect(printed).toEqual(["0 of 2: examining", "2 of 42: timing", "12 of 42, 30 s left: timing"])
  })

  it("what is known so far is not shown, for it could not be taken back", () => {
    start(1).sketch(() => "a table")
    expect(printed).toEqual([])
  })
})

/** A terminal of so many lines, and the text on it: what was written since it was last cleared. */
function terminal(rows: number) {
  let shown = ""
  const stream = new Writable({
    write(chunk, _, done) {
      shown += chunk
      done()
    },
  })
  const clear = () => {
    shown = ""
    return true
  }
  Object.assign(stream, { isTTY: true, columns: 80, rows, cursorTo: clear, moveCursor: clear })
  Object.assign(stream, { clearLine: clear })
  return { stream: stream as Writable as NodeJS.WriteStream, text: () => shown }
}

describe("on a terminal", () => {
  beforeEach(() => {
    vi.stubEnv("CI", undefined)
    vi.stubEnv("TERM", "xterm")
  })

  afterEach(() => vi.unstubAllEnvs())

  it("a line says how far it is, and what is known so far stands below it", () => {
    const { stream, text } = terminal(24)
    const progress = spinner(7, stream)
    progress.step("a case")
    expect(text()).toContain("0 of 7: a case")
    progress.sketch(() => "one\ntwo")
    expect(text()).toContain("0 of 7: a case\n\none\ntwo")
    progress.step("another")
    expect(text()).toContain("1 of 7: another\n\none\ntwo")
    progress.stop()
    expect(text()).not.toMatch(/case|another|two/)
  })

  it("what is known so far is left out where the terminal is too low for it", () => {
    const { stream, text } = terminal(4)
    const progress = spinner(7, stream)
    progress.step("a case")
    progress.sketch(() => "one\ntwo")
    expect(text()).toContain("0 of 7: a case")
    expect(text()).not.toContain("two")
    progress.stop()
  })
})

describe("on standard error", () => {
  let written: string
  const { isTTY } = process.stderr

  beforeEach(() => {
    written = ""
    process.stderr.isTTY = false
    vi.spyOn(process.stderr, "write").mockImplementation((text) => {
      written += text
      return true
    })
  })

  afterEach(() => {
    process.stderr.isTTY = isTTY
    vi.restoreAllMocks()
  })

  it("progress is lines if that is no terminal", () => {
    const progress = startProgress(2)
    progress.step("a case")
    progress.stop()
    expect(written).toBe("0 of 2: a case\n")
  })

  it("nothing is said while the rows of a table are printed", () => {
    const progress = startProgress(2, "rows")
    progress.announce(1)
    progress.step("a case")
    progress.sketch(() => "a table")
    progress.stop()
    expect(written).toBe("")
  })
})
