import { address, author } from "./address.ts"
import { read } from "./repository.ts"

interface Manifest {
  readonly exports?: Record<string, string | Record<string, string>>
  readonly files?: string[]
}

/** In the order in which readers ask: what is it, whose, what is in it, what does it need. */
const ORDER = [
  ...["name", "version", "description", "keywords", "homepage", "bugs", "repository"],
  ...["license", "author", "type", "sideEffects", "main", "types", "typesVersions", "exports"],
  ...["bin", "files", "engines", "scripts", "dependencies", "devDependencies", "publishConfig"],
]

/** A package.json as it must be: with what follows from the address, and from the other fields. */
export function manifestOf(path: string): string {
  const written = JSON.parse(read(path)) as Manifest
  const folder = path.startsWith("turbo/") ? "packages/{{name}}" : path.replace("/package.json", "")
  const fields = {
    ...written,
    homepage: `${address}/tree/main/${folder}#readme`,
    bugs: { url: `${address}/issues` },
    repository: { type: "git", url: `git+${address}.git`, directory: folder },
    author,
    ...withoutExports(written),
    files: [...new Set([...(written.files ?? []), "CHANGELOG.md"])].sort(),
  }
  const unknown = Object.keys(fields).find((name) => !ORDER.includes(name))
  if (unknown) throw new Error(`${path}: where does \`${unknown}\` belong among the fields?`)
  const sorted = Object.fromEntries(
    ORDER.map((name) => [name, (fields as Record<string, unknown>)[name]]),
  )
  return `${JSON.stringify(sorted, null, 2)}\n`
}

/** For resolvers that do not know of `exports`, what those say. */
function withoutExports({ exports = {} }: Manifest): object {
  const { ".": main, ...others } = exports
  if (typeof main !== "object") return {}
  const subpaths = Object.entries(others).flatMap(([name, entry]) =>
    typeof entry === "object" ? [[name.slice(2), [entry.types]] as const] : [],
  )
  return {
    main: main.default,
    types: main.types,
    typesVersions: subpaths.length > 0 ? { "*": Object.fromEntries(subpaths) } : undefined,
  }
}
