import { readFileSync } from "node:fs"
import { inspect, isDeepStrictEqual } from "node:util"
import { ts } from "./typescript.ts"

/**
 * Runs the ```ts blocks of a README as one program, and checks what its comments claim: after
 * `expression //=> value` the two must be deeply equal, after `expression //=> throws CODE` the
 * expression must throw an error with that `code`. `modules` holds what the blocks may import.
 */
export async function runReadme(readme: URL, modules: Record<string, object>): Promise<void> {
  const blocks = [...readFileSync(readme, "utf8").matchAll(/^```ts\n(.*?)^```$/gms)]
  if (blocks.length === 0) throw new Error(`no block to run in ${readme}`)
  const source = blocks.map(([, block = ""]) => block.split("\n").map(asserted).join("\n"))
  const { outputText } = ts.transpileModule(source.join("\n"), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  })
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor
  const program = new AsyncFunction("require", "exports", "equal", "throws", outputText)
  await program((name: string) => required(modules, name), {}, equal, throws)
}

/** A line with its claim made a check. */
function asserted(line: string): string {
  const [, expression, claim] = /^(.*\S)\s*\/\/=> (.*)$/.exec(line) ?? []
  if (expression === undefined || claim === undefined) return line
  const [, code] = /^throws (\w+)$/.exec(claim) ?? []
  if (code !== undefined) return `throws(() => ${expression}, ${JSON.stringify(code)})`
  return `equal(${expression}, ${claim}, ${JSON.stringify(line)})`
}

function equal(actual: unknown, expected: unknown, line: string): void {
  if (!isDeepStrictEqual(actual, expected)) throw new Error(`${line}\nbut it is ${inspect(actual)}`)
}

function throws(act: () => unknown, code: string): void {
  try {
    act()
  } catch (error) {
    equal((error as { code?: unknown }).code, code, `throws ${code}`)
    return
  }
  throw new Error(`expected ${code}, but nothing was thrown`)
}

function required(modules: Record<string, object>, name: string): object {
  const module = modules[name]
  if (module === undefined) throw new Error(`the README imports ${name}, which it was not given`)
  // So that TypeScript takes its default export for that, and not for a property of it.
  return { ...module, __esModule: true }
}
