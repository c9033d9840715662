/** `npm start`: a real, empty registry; its first page makes the first administrator. */
import { become, build, checkNode, installPackages } from './lib/steps.js'

checkNode()
installPackages()
build()
become(process.execPath, ['dist/server/main.js'])
