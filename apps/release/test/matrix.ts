/** A table of what was tried, to be printed when all has been. */
export class Matrix {
  private readonly rows: string[][]

  constructor(...head: string[]) {
    this.rows = [head]
  }

  add(...row: string[]): void {
    this.rows.push(row)
  }

  toString(): string {
    const widths = this.rows[0]!.map((_, i) => Math.max(...this.rows.map((row) => row[i]!.length)))
    const lines = this.rows.map((row) => row.map((cell, i) => cell.padEnd(widths[i]!)).join("  "))
    lines.splice(1, 0, "─".repeat(lines[0]!.length))
    return lines.map((line) => line.trimEnd()).join("\n")
  }
}
