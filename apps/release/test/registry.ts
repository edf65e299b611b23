import { execFile } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { cp, readFile } from "node:fs/promises"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { promisify } from "node:util"
import { root } from "./repository.ts"

const run = promisify(execFile)

interface Manifest {
  readonly name: string
  readonly version: string
}

/** A version of a package, as far as it has been asked for. */
interface Version {
  readonly name: string
  manifest(): Manifest
  /** Not for those of which a tarball takes long to make: most are never asked for. */
  readonly integrity?: string
  tarball(): Promise<Buffer>
}

export interface Registry {
  readonly url: string
  close(): void
}

/**
 * Starts a registry on this machine that has the tarballs, and beside them whatever is installed in
 * the workspace: so packages can be installed elsewhere as from a real registry, by the versions
 * that they ask for, without a network.
 */
export async function startRegistry(tarballs: readonly string[]): Promise<Registry> {
  const folder = mkdtempSync(join(tmpdir(), "registry-"))
  const packages = new Map<string, Version[]>()
  for (const version of [...(await Promise.all(tarballs.map(packed))), ...installed(folder)]) {
    packages.set(version.name, [...(packages.get(version.name) ?? []), version])
  }
  const server = createServer(async (request, response) => {
    const [, path = ""] = decodeURIComponent(request.url ?? "").split(/^\//)
    const [name = "", file] = path.split("/-/")
    const versions = packages.get(name) ?? []
    const asked = versions.find((version) => `${version.manifest().version}.tgz` === file)
    if (file === undefined && versions.length > 0) {
      response.setHeader("content-type", "application/json")
      response.end(JSON.stringify(listing(`http://${request.headers.host}`, name, versions)))
    } else if (asked) response.end(await asked.tarball())
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close() {
      server.close()
      server.closeAllConnections()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function packed(path: string): Promise<Version> {
  const { stdout } = await run("tar", ["-xzOf", path, "package/package.json"])
  const manifest = JSON.parse(stdout) as Manifest
  const tarball = () => readFile(path)
  const integrity = `sha512-${createHash("sha512")
    .update(await tarball())
    .digest("base64")}`
  return { name: manifest.name, manifest: () => manifest, integrity, tarball }
}

/** What pnpm has put into the workspace; a tarball of it is made when it is asked for. */
function installed(folder: string): Version[] {
  const store = join(root, "node_modules/.pnpm")
  return readdirSync(store).flatMap((entry) => {
    const [, name = ""] = /^(@?[^@]+)@\d/.exec(entry.replace("+", "/")) ?? []
    if (name === "") return []
    const path = join(store, entry, "node_modules", name)
    const file = join(folder, `${entry}.tgz`)
    let made: Promise<void> | undefined
    return {
      name,
      manifest: () => JSON.parse(readFileSync(join(path, "package.json"), "utf8")) as Manifest,
      async tarball() {
        made ??= pack(path, file)
        await made
        return readFile(file)
      },
    }
  })
}

/** Equal files of a package are one in pnpm's store; links in a tarball are left out by npm. */
async function pack(path: string, file: string): Promise<void> {
  const copy = `${file}.copy`
  await cp(path, join(copy, "package"), {
    recursive: true,
    filter: (from) => basename(from) !== "node_modules" || from === path,
  })
  await run("tar", ["-czf", file, "-C", copy, "package"])
}

function listing(host: string, name: string, versions: readonly Version[]): object {
  return {
    name,
    "dist-tags": { latest: versions[0]?.manifest().version },
    versions: Object.fromEntries(
      versions.map((version) => {
        const manifest = version.manifest()
        const { integrity } = version
        const tarball = `${host}/${name}/-/${manifest.version}.tgz`
        const dist = { tarball, ...(integrity !== undefined && { integrity }) }
        return [manifest.version, { ...manifest, dist }]
      }),
    ),
  }
}
