import { watchConsole } from './expect-console.ts'

watchConsole()
