/** The built program as its own processes, made to be killed: the server, and the command line. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Config } from '../../src/server/config.ts'

const root = resolve(import.meta.dirname, '../..')

/** The environment in which a process works at the registry of a test. */
export function environmentOf(config: Config): Record<string, string> {
  const { DATABASE_URL: _, ...inherited } = process.env as Record<string, string>
  return {
    ...inherited,
    NODE_ENV: 'production',
    KAEJON_DATA: config.dataFolder,
    KAEJON_LOG_LEVEL: 'error',
    KAEJON_HOST: '127.0.0.1',
    KAEJON_PORT: '0',
    ...(config.keys === null ? {} : { KAEJON_KEYS: config.keys }),
    ...(config.database.url === null ? {} : { DATABASE_URL: config.database.url }),
  }
}

export interface RunningServer {
  address: string
  /** Kills it with signal 9, without a word. */
  kill(): Promise<void>
  /** Asks it to stop, and waits until it has. */
  stop(): Promise<void>
}

/** Starts the server and waits until it serves. */
export async function startServer(environment: Record<string, string>): Promise<RunningServer> {
  const child = spawn(process.execPath, ['dist/server/main.js'], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const address = await new Promise<string>((found, refuse) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [match] = /http:\/\/127\.0\.0\.1:\d+$/.exec(line) ?? []
      if (match) found(match)
    })
    void ended.then(([code]) => refuse(new Error(`the server ended with ${String(code)}`)))
  })
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    child.kill(signal)
    await ended
  }
  return { address, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') }
}

export interface CommandEnd {
  /** Null when it was killed. */
  code: number | null
  output: string
}

/**
 * Runs the command line.
 *
 * @param cut ends it with a signal, so long after it first says how far it is
 */
export async function runCommand(
  args: readonly string[],
  environment: Record<string, string>,
  cut: { signal: 'SIGKILL' | 'SIGINT' | 'SIGTERM'; afterMs: number } | null = null,
): Promise<CommandEnd> {
  const child = spawn(process.execPath, ['bin/kaejon.js', ...args], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let timer: NodeJS.Timeout | null = null
  const read = (text: Buffer): void => {
    output += text.toString()
    if (cut && timer === null && /reading|matching|storing/.test(output))
      timer = setTimeout(() => child.kill(cut.signal), cut.afterMs)
  }
  child.stdout.on('data', read)
  child.stderr.on('data', read)
  const code = await endOf(child)
  if (timer !== null) clearTimeout(timer)
  return { code, output }
}

async function endOf(child: ChildProcess): Promise<number | null> {
  const [code] = (await once(child, 'close')) as [number | null]
  return code
}
