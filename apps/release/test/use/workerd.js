import { usePortable } from "./portable.js"

// biome-ignore lint/style/noDefaultExport: It is what a worker is known by.
export default {
  async fetch() {
    return Response.json({ right: await usePortable() })
  },
}
