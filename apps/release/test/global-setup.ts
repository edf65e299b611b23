import type { TestProject } from "vitest/node"
import { forgetMatrices, keptMatrices } from "./matrix.ts"
import { nextRelease, pnpm, type Release } from "./next-release.ts"
import { Project } from "./project.ts"
import { startRegistry } from "./registry.ts"
import { root } from "./repository.ts"

declare module "vitest" {
  interface ProvidedContext {
    /** Of the packages as the next release has them. */
    tarballs: Release["tarballs"]
    /** The address of a registry on this machine where they are. */
    registry: string
    /** The folder of a project where npm has installed them all from there. */
    project: string
  }
}

/** Makes the next release, and installs it, once for all tests. */
export async function setup({ provide }: TestProject): Promise<() => void> {
  // As a task of turbo the tests come after the build.
  if (process.env.TURBO_HASH === undefined) pnpm(root, "build", "--silent")
  forgetMatrices()
  const release = nextRelease()
  const registry = await startRegistry(Object.values(release.tarballs))
  provide("tarballs", release.tarballs)
  provide("registry", registry.url)
  const project = await Project.with(Object.keys(release.tarballs), registry.url)
  provide("project", project.folder)
  return () => {
    for (const matrix of keptMatrices()) console.info(`\n${matrix}`)
    project.remove()
    registry.close()
    release.remove()
  }
}
