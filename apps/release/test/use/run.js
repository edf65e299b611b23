import { usePortable } from "./portable.js"
import { useSimulator } from "./simulator.js"

const right = await usePortable()
console.log(JSON.stringify({ right, hits: await useSimulator() }))
