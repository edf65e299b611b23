import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { type PeerWorld, peerFaults, peers } from "./peers.ts"
import { withServer } from "./with-server.ts"

const README = "../README.md"

withServer("compared with others", (server) => {
  async function isWrong(
    make: (port: number) => Promise<PeerWorld["a"]>,
    shows: (world: PeerWorld) => Promise<boolean>,
  ): Promise<boolean> {
    await server().ask("FLUSHALL")
    const [a, b] = [await make(server().port), await make(server().port)]
    try {
      return await shows({ a, b, freeze: () => server().freeze(), thaw: () => server().thaw() })
    } finally {
      await Promise.all([a.close(), b.close()])
    }
  }

  test.each(Object.entries(peerFaults))("ours has no fault: %s", async (_, shows) => {
    expect(await isWrong(peers["ours"]!, shows)).toBe(false)
  })

  test.runIf(deep)("the README says what is wrong elsewhere today", async () => {
    const names = Object.keys(peers)
    const head = ["", ...names.map((name) => (name === "ours" ? name : `\`${name}\``))]
    const rows = [`| ${head.join(" | ")} |`, `|---|${names.map(() => ":-:|").join("")}`]
    for (const [title, shows] of Object.entries(peerFaults)) {
      const cells: string[] = []
      for (const name of names) cells.push((await isWrong(peers[name]!, shows)) ? "✗" : "")
      rows.push(`| ${[title, ...cells].join(" | ")} |`)
    }
    const readme = readFileSync(new URL(README, import.meta.url), "utf8").replace(
      /(<!-- faults,.*?-->\n).*?(?=\n<!-- end -->)/s,
      (_, begin: string) => `${begin}\n${rows.join("\n")}\n`,
    )
    expect(readme).toContain("| ours |")
    await expect(readme).toMatchFileSnapshot(README)
  })
})
