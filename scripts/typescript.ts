import { createRequire } from "node:module"

/** TypeScript. To `import` it takes three times as long: it is searched for what it exports. */
export const ts = createRequire(import.meta.url)("typescript") as typeof import("typescript")
