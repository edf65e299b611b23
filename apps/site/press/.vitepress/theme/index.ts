import type { Theme } from "vitepress"
import DefaultTheme from "vitepress/theme"
import { defineAsyncComponent } from "vue"
import "./style.css"

/** Each is in a chunk of its own: who reads another page has no use for it. */
const theme: Theme = {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component(
      "FibonacciTrees",
      defineAsyncComponent(() => import("./FibonacciTrees.vue")),
    )
    app.component(
      "StrategyLinks",
      defineAsyncComponent(() => import("./StrategyLinks.vue")),
    )
    app.component(
      "Play",
      defineAsyncComponent(() => import("./Play.vue")),
    )
    app.component(
      "Advise",
      defineAsyncComponent(() => import("./Advise.vue")),
    )
  },
}

export default theme
