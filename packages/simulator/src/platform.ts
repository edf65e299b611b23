/** What is used of a `ReadableStream` of bytes, whose type is not everywhere. */
export interface ByteStream {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>
    cancel(): Promise<unknown>
  }
}

/** What is used beside the language. Browsers, their workers, and Node have it without any import. */
interface Platform {
  readonly TextDecoder: new (
    encoding: "utf-8",
    options: { readonly fatal: boolean; readonly ignoreBOM: boolean },
  ) => { decode(bytes: Uint8Array): string }
  readonly MessageChannel: new () => {
    readonly port1: { onmessage: (() => void) | null; close(): void }
    readonly port2: { postMessage(message: unknown): void }
  }
  /** In browsers there is none. */
  readonly setImmediate?: (callback: () => void) => unknown
}

export const platform: Platform = globalThis as unknown as Platform

/** Lets other work and signals come in between. A timer would keep them waiting for milliseconds. */
export function pause(): Promise<void> {
  return new Promise((resolve) => {
    if (platform.setImmediate !== undefined) {
      platform.setImmediate(resolve)
      return
    }
    const { port1, port2 } = new platform.MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}

/** What comes from a stream, of which browsers let only readers have it. */
export async function* chunksOf(stream: ByteStream): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      if (value !== undefined) yield value
    }
  } finally {
    // Not awaited: a source that keeps us waiting would not answer this either.
    reader.cancel().catch(() => {})
  }
}
