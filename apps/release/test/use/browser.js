import { usePortable } from "./portable.js"

// In a page, for whoever looks at it; in a worker, for the page.
usePortable().then(
  (right) => tell({ right }),
  (error) => tell({ error: String(error?.stack ?? error) }),
)

function tell(outcome) {
  if (globalThis.document) globalThis.outcome = outcome
  else globalThis.postMessage(outcome)
}
