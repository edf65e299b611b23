/** What is used of `playwright-core`, which is not installed with the other packages. */
export interface Browser {
  newContext(options: object): Promise<{ newPage(): Promise<Page> }>
  close(): Promise<void>
}

export interface Evaluated {
  evaluate(expression: string): Promise<unknown>
}

export interface Page extends Evaluated {
  readonly keyboard: { press(key: string): Promise<void> }
  on(event: "console", listener: (message: { type(): string; text(): string }) => void): void
  on(event: "pageerror", listener: (error: Error) => void): void
  on(event: "request", listener: (request: { url(): string; resourceType(): string }) => void): void
  goto(url: string, options: object): Promise<unknown>
  addInitScript(script: string): Promise<void>
  emulateMedia(options: { colorScheme: "dark" | "light" }): Promise<void>
  setViewportSize(size: { width: number; height: number }): Promise<void>
  waitForLoadState(state: "networkidle"): Promise<void>
  url(): string
  context(): { close(): Promise<void> }
  locator(selector: string): Locator
  click(selector: string): Promise<void>
  selectOption(selector: string, value: string): Promise<unknown>
  setInputFiles(selector: string, path: string): Promise<void>
  waitForSelector(selector: string, options?: object): Promise<unknown>
  waitForFunction(expression: string): Promise<unknown>
  workers(): Evaluated[]
  screenshot(options: object): Promise<unknown>
}

export interface Locator {
  first(): Locator
  nth(index: number): Locator
  press(key: string): Promise<void>
  textContent(): Promise<string | null>
}

/** Not here: see `fromPress`. */
export declare const chromium: { launch(options: object): Promise<Browser> }
