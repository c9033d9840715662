import { Worker } from 'node:worker_threads'

let built: string | null = null

/**
 * From now on threads start from a folder of the built program: to load tsx takes most of a second, and a run of all tests,
 * right after a build, starts some hundred threads.
 *
 * @param folder a file address that ends in a slash
 */
export function startThreadsFrom(folder: string): void {
  built = folder
}

/**
 * Starts a worker thread from a module beside the caller. In development the modules are TypeScript, which Node 20
 * cannot run by itself: the thread then loads tsx first.
 *
 * @param url the module with its `.ts` ending, as `new URL('./thread.ts', import.meta.url)`
 */
export function startThread(url: URL, workerData: unknown, maxHeapMb?: number): Worker {
  const limits = maxHeapMb === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: maxHeapMb } }
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL(url.href.replace(/\.ts$/, '.js')), { workerData, ...limits })
  if (built !== null) {
    const path = url.href.replace(new URL('.', import.meta.url).href, '').replace(/\.ts$/, '.js')
    return new Worker(new URL(path, built), { workerData, ...limits })
  }
  const loader = import.meta.resolve('tsx/esm/api')
  const start = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(url.href)}) })`
  return new Worker(start, { workerData, eval: true, ...limits })
}
