import { takeRunning } from "./checked/watch.ts"

/** What does not come to an end, as far as anybody can wait for it. */
export class Endless extends Error {}

/** The part of `node:vm` that is needed here. */
interface Vm {
  runInThisContext(code: string): unknown
  Script: new (code: string) => { runInThisContext(options: { timeout: number }): unknown }
}

const { process } = globalThis as unknown as {
  process?: { getBuiltinModule?(name: string): unknown }
}
const vm = process?.getBuiltinModule?.("node:vm") as Vm | undefined

/** By this name a script, which sees nothing but what is global, finds what it is to call. */
const NAME = "evictionary.conformance.act"
const script = vm && new vm.Script(`globalThis[Symbol.for("${NAME}")]()`)
/** In jest, for one, scripts have other globals than modules. */
const globals = vm?.runInThisContext("globalThis") as Record<symbol, unknown> | undefined

/**
 * Does it, and throws {@link Endless} if it has not come to an end after so many milliseconds. What
 * is ended so runs no `finally`. Where there is no `node:vm`, it is waited for.
 */
export function within<T>(limit: number, act: () => T): T {
  let outcome: { result: T } | { error: unknown } | undefined
  function run(): void {
    try {
      outcome = { result: act() }
    } catch (error) {
      outcome = { error }
    }
  }
  takeRunning()
  if (script === undefined || globals === undefined) run()
  else runScript(run, limit)
  if (outcome !== undefined && "error" in outcome) throw outcome.error
  return (outcome as unknown as { result: T }).result
}

function runScript(run: () => void, limit: number): void {
  const name = Symbol.for(NAME)
  const { [name]: before } = globals as Record<symbol, unknown>
  Object.assign(globals as object, { [name]: run })
  try {
    script?.runInThisContext({ timeout: limit })
  } catch (error) {
    if ((error as { code?: string }).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error
    throw new Endless(`${takeRunning() ?? "an operation of the cache"} does not come to an end`)
  } finally {
    Object.assign(globals as object, { [name]: before })
  }
}
