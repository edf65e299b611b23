import { existsSync } from "node:fs"
import { delimiter, join } from "node:path"
import { deep } from "../../../scripts/deep.ts"

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]

/** Where a Chromium is: what `CHROMIUM_PATH` says, or the first on the path under a usual name. */
export function chromiumPath(): string | undefined {
  const { CHROMIUM_PATH, PATH = "" } = process.env
  if (CHROMIUM_PATH !== undefined && CHROMIUM_PATH !== "") return CHROMIUM_PATH
  const folders = PATH.split(delimiter)
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync)
}

/** Why nothing is tested in a browser; `undefined` if it is. */
export function reasonToSkip(): string | undefined {
  if (!deep) return "for which EVICTIONARY_DEEP=1 asks"
  if (chromiumPath() === undefined) return "install chromium, or say by CHROMIUM_PATH where it is"
  return undefined
}
