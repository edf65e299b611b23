/** What an error says, without what Node adds to `no such file or directory`. */
export function reasonOf(error: unknown): string {
  return (error as Error).message.replace(/^E[A-Z]+: (.*?), \w+( '.*')?$/s, "$1")
}
