const { repository } = require("../package.json")

const address = repository.replace("github:", "https://github.com/")

/** How `changeset version` words the changelogs. */
module.exports = {
  /** A change, with a link to its commit. */
  async getReleaseLine({ summary, commit }) {
    const [first, ...others] = summary.split("\n")
    const origin = commit && ` ([${commit.slice(0, 7)}](${address}/commit/${commit}))`
    return [`- ${first}${origin ?? ""}`, ...others.map((line) => `  ${line}`.trimEnd())].join("\n")
  },

  /** All that comes with newer dependencies, in one line. */
  async getDependencyReleaseLine(_changesets, dependencies) {
    const names = dependencies.map(({ name, newVersion }) => `${name} ${newVersion}`)
    return names.length > 0 ? `- Needs ${names.join(", ")}` : ""
  },
}
