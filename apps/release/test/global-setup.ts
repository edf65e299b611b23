import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import type { TestProject } from "vitest/node"
import { forgetMatrices, keptMatrices } from "./matrix.ts"
import { nextRelease, pnpm, type Release } from "./next-release.ts"
import { Project } from "./project.ts"
import { startRegistry } from "./registry.ts"
import { root } from "./repository.ts"

declare module "vitest" {
  interface ProvidedContext {
    /** Where it is asked for what has been made: the answer comes when all has been. */
    rehearsal: string
  }
}

/** What has been made once for all tests. */
export interface Rehearsal {
  /** Of the packages as the next release has them. */
  readonly tarballs: Release["tarballs"]
  /** The address of a registry on this machine where they are. */
  readonly registry: string
  /** The folder of a project where npm has installed them all from there. */
  readonly project: string
}

/** Makes the next release, and installs it, while other tests run. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  forgetMatrices()
  const undo: (() => void)[] = []
  const made = rehearse(undo).then(JSON.stringify, (error: unknown) => {
    return JSON.stringify({ error: String(error) })
  })
  const server = createServer((_, response) => void made.then((text) => response.end(text)))
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  provide("rehearsal", `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  return async () => {
    await made
    for (const matrix of keptMatrices()) console.info(`\n${matrix}`)
    for (const remove of undo.reverse()) remove()
    server.close()
  }
}

/** Leaves in `undo` what removes it. */
async function rehearse(undo: (() => void)[]): Promise<Rehearsal> {
  // As a task of turbo the tests come after the build.
  if (process.env.TURBO_HASH === undefined) await pnpm(root, "build", "--silent")
  const release = await nextRelease()
  undo.push(release.remove)
  const { tarballs } = release
  const registry = await startRegistry(Object.values(tarballs))
  undo.push(registry.close)
  const project = await Project.with(Object.keys(tarballs), registry.url)
  undo.push(() => project.remove())
  return { tarballs, registry: registry.url, project: project.folder }
}
