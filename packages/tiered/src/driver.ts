/**
 * Opens connections to a Redis or Valkey server, by some client: what an adapter is. Each lives
 * once. The client must neither reconnect, nor queue while there is no connection, nor resend, nor
 * subscribe anew by itself: then it never hangs, and nothing happens twice or behind one's back.
 */
export interface Driver {
  /** Opens one. In a cluster, to the node that has `key`. */
  open(key: string): Promise<DriverConnection>
}

/** Node's `Buffer`, where its types are there. */
export type Bytes = typeof globalThis extends {
  Buffer: { isBuffer(value: unknown): value is infer B }
}
  ? B
  : Uint8Array

export interface DriverConnection {
  /**
   * Sends a command, in the order of calls. Texts in the reply are a `Buffer` or a string, as the
   * client likes; bytes must come as they are. Rejects with the server's error as the client has it,
   * whose message begins with its code, such as `NOSCRIPT`.
   */
  send(args: (string | Bytes)[]): Promise<unknown>
  /** From when the promise is fulfilled, every message in the channel is heard. */
  subscribe(channel: string, hear: (message: string) => void): Promise<unknown>
  /** Has `listener` called when the connection has ended; more than once does no harm. */
  onClose(listener: () => void): void
  /** Ends it, if it has not ended. */
  close(): void
}
