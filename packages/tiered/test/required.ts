import { createRequire } from "node:module"

/** A client's package, loaded where it is used: without a server none is, and each takes long to load. */
export const required = createRequire(import.meta.url) as <Module>(name: string) => Module
