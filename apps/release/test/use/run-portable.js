import { usePortable } from "./portable.js"

console.log(JSON.stringify({ right: await usePortable() }))
