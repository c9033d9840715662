import { Worker } from 'node:worker_threads'

/**
 * Starts a worker thread from a module beside the caller. In development the modules are TypeScript, which Node 20
 * cannot run by itself: the thread then loads tsx first, which takes most of a second. A run of all tests starts some hundred
 * threads right after a build, and names that by KAEJON_THREADS (a file address that ends in a slash).
 *
 * @param url the module with its `.ts` ending, as `new URL('./thread.ts', import.meta.url)`
 */
export function startThread(url: URL, workerData: unknown, maxHeapMb?: number): Worker {
  const limits = maxHeapMb === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: maxHeapMb } }
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL(url.href.replace(/\.ts$/, '.js')), { workerData, ...limits })
  const built = process.env['KAEJON_THREADS']
  if (built) {
    const path = url.href.replace(new URL('.', import.meta.url).href, '').replace(/\.ts$/, '.js')
    return new Worker(new URL(path, built), { workerData, ...limits })
  }
  const loader = import.meta.resolve('tsx/esm/api')
  const start = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(url.href)}) })`
  return new Worker(start, { workerData, eval: true, ...limits })
}
