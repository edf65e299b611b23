export { car } from "./car.ts"
