import { read } from "./repository.ts"

const { repository, author: authors } = JSON.parse(read("package.json")) as Record<string, string>
const [, path] = /^github:([\w-]+\/[\w.-]+)$/.exec(repository ?? "") ?? []
if (path === undefined) throw new Error("`repository` in package.json must be `github:OWNER/NAME`")

export const author: string | undefined = authors

/** Where the project is at home: `repository` of the root's package.json, told nowhere else. */
export const address: string = `https://github.com/${path}`

/** The text with each address of this project, whoever owned it, made the present one. */
export function addressed(text: string): string {
  return text.replaceAll(/https:\/\/github\.com\/[\w-]+\/evictionary\b(?!-)/g, address)
}
