/**
 * Names the method that `using` calls at the end of a block. Where the platform has no such symbol,
 * the one that esbuild, Babel, SWC and core-js agree on in its place; TypeScript looks for a
 * polyfill, which has to come before this module unless it is that of core-js.
 */
export const dispose: typeof Symbol.dispose =
  /* @__PURE__ */ Symbol.dispose ?? Symbol.for("Symbol.dispose")
