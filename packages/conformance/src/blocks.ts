/** A script, as `Profiler.takePreciseCoverage` tells of it. */
interface Coverage {
  readonly result: readonly {
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[]
  }[]
}

interface Session {
  connect(): void
  post(method: string, params: object, callback: (error: unknown, result: unknown) => void): void
}

const { process, __vitest_worker__: vitest } = globalThis as unknown as {
  process?: {
    getBuiltinModule?(name: string): unknown
    env: Readonly<Record<string, string | undefined>>
    execArgv?: readonly string[]
  }
  __vitest_worker__?: { config?: { coverage?: { enabled?: boolean } } }
}

let session: Session | undefined

/**
 * Lets V8 count, from now on, how often each block of code is entered: each turn of a loop is one,
 * whatever it loops over. It sees into functions that have not run before, so this comes first.
 *
 * Where there is no `node:inspector`, or somebody else has V8 count to learn what tests cover, whose
 * counts this would take away, nothing is counted.
 *
 * @returns Whether it is counted.
 */
export function startCounting(): boolean {
  if (session !== undefined) return true
  const inspector = process?.getBuiltinModule?.("node:inspector") as
    | { Session: new () => Session }
    | undefined
  if (inspector === undefined || isTaken()) return false
  session = new inspector.Session()
  session.connect()
  post("Profiler.enable")
  post("Profiler.startPreciseCoverage", { callCount: true, detailed: true })
  return true
}

export function stopCounting(): void {
  if (session === undefined) return
  post("Profiler.stopPreciseCoverage")
  session = undefined
}

/** How many blocks of code have been entered since the last question; `undefined` if nobody knows. */
export function takeBlocks(): number | undefined {
  if (session === undefined) return undefined
  const { result } = post("Profiler.takePreciseCoverage") as Coverage
  let blocks = 0
  for (const { functions } of result) {
    for (const { ranges } of functions) {
      for (const { count } of ranges) blocks += count
    }
  }
  return blocks
}

/** Whether somebody else counts. */
function isTaken(): boolean {
  if (vitest?.config?.coverage?.enabled) return true
  if (process?.env.NODE_V8_COVERAGE) return true
  return process?.execArgv?.some((arg) => arg.includes("coverage")) === true
}

function post(method: string, params: object = {}): unknown {
  let outcome: unknown
  session?.post(method, params, (error, result) => {
    if (error) throw error
    outcome = result
  })
  return outcome
}
