/** What to type for a command of this program. */
export function commandLine(words: readonly string[]): string {
  return ["npx -y pnpm@10.34.9 bench", ...words.map(quoted)].join(" ")
}

/** A word as a shell reads it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
