/** Before each file of tests: a run of all of them names the program that it has just built. */
import { startThreadsFrom } from '../../src/server/thread.ts'

const built = process.env['TEST_THREADS']
if (built) startThreadsFrom(built)
