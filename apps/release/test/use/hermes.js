import { usePortable } from "./portable.js"

// The engine of React Native, which has `print` and no `console`.
usePortable().then(
  (right) => globalThis.print(JSON.stringify({ right })),
  (error) => globalThis.print(String(error?.stack ?? error)),
)
