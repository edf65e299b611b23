import { once } from "node:events"
import { get, type IncomingMessage } from "node:http"
import { text } from "node:stream/consumers"
import { inject } from "vitest"
import type { Rehearsal } from "./global-setup.ts"

/** What `fetch` would wait for no longer than five minutes. */
const [response] = (await once(get(inject("rehearsal")), "response")) as [IncomingMessage]
const made = JSON.parse(await text(response)) as Rehearsal & { readonly error?: string }
if (made.error !== undefined) throw new Error(`there is no release to look at: ${made.error}`)

export const { tarballs, registry, project }: Rehearsal = made
