#!/usr/bin/env node
/// <reference types="node" />
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { pathToFileURL } from "node:url"

// `npx evictionary` where this package is installed: the command line is a package of its own, so
// that installing a cache installs none.
const require = createRequire(import.meta.url)
const program = commandLine()
if (program) await import(pathToFileURL(program).href)
else tellWhereItIs(process.argv.slice(2).join(" "))

/** The command line as it is installed beside this package, or in the folder of who calls. */
function commandLine(): string | undefined {
  const paths = [import.meta.dirname, process.cwd()]
  let manifest: string
  try {
    manifest = require.resolve("@evictionary/cli/package.json", { paths })
  } catch {
    return undefined
  }
  return join(dirname(manifest), require(manifest).bin.evictionary)
}

function tellWhereItIs(line: string): void {
  console.error(`evictionary: the command line is in @evictionary/cli, which is not installed
  once:  npx @evictionary/cli ${line || "--help"}
  here:  npm install --save-dev @evictionary/cli`)
  process.exitCode = 1
}
