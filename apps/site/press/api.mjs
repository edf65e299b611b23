import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join, relative } from "node:path"
import { Application, OptionDefaults } from "typedoc"

const PACKAGES = join(import.meta.dirname, "../../../packages")

/**
 * Every entry of every package that can be imported: its name by its source. What is exported by
 * several is documented with the first, so those come first that are made of fewer others.
 */
function entries() {
  const packages = readdirSync(PACKAGES)
    .filter((folder) => existsSync(join(PACKAGES, folder, "package.json")))
    .map((folder) => [
      folder,
      JSON.parse(readFileSync(join(PACKAGES, folder, "package.json"), "utf8")),
    ])
    .sort(([, a], [, b]) => ours(a) - ours(b))
  const found = packages.flatMap(([folder, { name, exports = {} }]) =>
    Object.entries(exports).flatMap(([path, { "@evictionary/source": source }]) =>
      source === undefined ? [] : [[join(PACKAGES, folder, source), path.replace(".", name)]],
    ),
  )
  return new Map(found)
}

/** How many packages of this repository it depends on. */
function ours({ dependencies = {} }) {
  return Object.values(dependencies).filter((range) => range.startsWith("workspace:")).length
}

/** As TypeDoc calls a module that has this source. */
function moduleOf(source) {
  return relative(PACKAGES, source)
    .replaceAll("\\", "/")
    .replace(/(\/index)?\.ts$/, "")
}

/** Writes a page for each module from its docstrings. Throws where an export has none. */
export async function writeApi(out, entryPoints = [...entries().keys()]) {
  const app = await Application.bootstrapWithPlugins({
    name: "API",
    entryPoints,
    tsconfig: join(import.meta.dirname, "typedoc.tsconfig.json"),
    plugin: ["typedoc-plugin-markdown"],
    out,
    readme: "none",
    cleanOutputDir: false,
    disableSources: true,
    excludeInternal: true,
    excludePrivate: true,
    hideBreadcrumbs: true,
    hidePageHeader: true,
    entryFileName: "index",
    router: "module",
    logLevel: "Warn",
    requiredToBeDocumented: ["Function", "Class", "Interface", "TypeAlias", "Variable"],
    validation: { notExported: false, invalidLink: true, notDocumented: true },
    treatValidationWarningsAsErrors: true,
    useHTMLAnchors: true,
    alwaysCreateEntryPointModule: true,
    skipErrorChecking: true,
    // What the comment of an option says to the JSON Schema of configurations.
    blockTags: [...OptionDefaults.blockTags, "@integer", "@maximum", "@minimum"],
  })
  const project = await app.convert()
  if (project === undefined) throw new Error("the docstrings could not be read")
  app.validate(project)
  if (app.logger.hasErrors() || app.logger.hasWarnings()) {
    throw new Error("an export is not documented, or a docstring links to nothing: see above")
  }
  const names = new Map([...entries()].map(([source, name]) => [moduleOf(source), name]))
  for (const module of project.children ?? []) module.name = names.get(module.name) ?? module.name
  await app.generateOutputs(project)
}
