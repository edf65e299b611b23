import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { root } from "./repository.ts"

const FOLDER = join(root, ".reports/matrices")

/** A table of what was tried, to be printed when all tests have ended. */
export class Matrix {
  private readonly title: string
  private readonly rows: string[][]

  constructor(title: string, ...head: string[]) {
    this.title = title
    this.rows = [head]
  }

  add(...row: string[]): void {
    this.rows.push(row)
  }

  /** Leaves the table to be printed. */
  keep(): void {
    mkdirSync(FOLDER, { recursive: true })
    writeFileSync(join(FOLDER, `${this.title}.txt`), `${this.title}\n\n${this}\n`)
  }

  toString(): string {
    const widths = this.rows[0]!.map((_, i) => Math.max(...this.rows.map((row) => row[i]!.length)))
    const lines = this.rows.map((row) => row.map((cell, i) => cell.padEnd(widths[i]!)).join("  "))
    lines.splice(1, 0, "─".repeat(lines[0]!.length))
    return lines.map((line) => line.trimEnd()).join("\n")
  }
}

/** Forgets the tables of earlier tests. */
export function forgetMatrices(): void {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
}

/** The tables that tests have kept. */
export function keptMatrices(): string[] {
  return readdirSync(FOLDER).map((file) => readFileSync(join(FOLDER, file), "utf8"))
}
