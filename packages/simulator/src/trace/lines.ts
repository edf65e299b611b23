/// <reference types="node" />
/**
 * The lines of a text in UTF-8, without their ends (LF or CR LF) and without a byte order mark, in
 * groups as they come. What a line has beyond `most` characters is lost, but for one that tells.
 */
export async function* linesOf(
  bytes: AsyncIterable<Uint8Array>,
  most: number,
): AsyncGenerator<string[]> {
  const decoder = new TextDecoder()
  let rest = ""
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n")
    rest = lines.pop()!.slice(0, most + 2)
    yield lines.map(withoutReturn)
  }
  rest += decoder.decode()
  if (rest !== "") yield [withoutReturn(rest)]
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line
}
