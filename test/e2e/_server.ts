/** The built program with a registry of its own, started as an operator starts it and stopped as one stops it. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface RunningServer {
  address: string
  /** Its log, one JSON object a line. */
  log: string[]
  /** Asks it to stop, waits until it has, and answers the code that it ended with. */
  stop: () => Promise<number | null>
}

/** A practice registry on a free port of this machine: ids that begin with 9 are let in. */
export async function startPracticeServer(): Promise<RunningServer> {
  const folder = mkdtempSync(join(tmpdir(), 'kaejon-journey-'))
  const { DATABASE_URL: _, ...inherited } = process.env
  const env = { ...inherited, NODE_ENV: 'production', KAEJON_DATA: folder, KAEJON_PORT: '0', KAEJON_HOST: '127.0.0.1' }
  build()
  execFileSync(process.execPath, ['dist/server/cli.js', 'practice', '--mark'], { env, stdio: 'pipe' })
  const server = spawn(process.execPath, ['dist/server/main.js'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(server, 'exit').then(([code]) => (typeof code === 'number' ? code : null))
  const log: string[] = []
  const lines = createInterface({ input: server.stdout })
  const address = await new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      log.push(line)
      const [found] = /http:\/\/127\.0\.0\.1:\d+$/.exec(line) ?? []
      if (found) resolve(found)
    })
    void ended.then((code) => reject(new Error(`The server ended with ${code}: ${log.join('\n')}`)))
  })
  return {
    address,
    log,
    stop: async () => {
      server.kill('SIGTERM')
      const code = await ended
      rmSync(folder, { recursive: true, force: true })
      return code
    },
  }
}

/** Only where something changed since the last build. */
export function build(): void {
  const script = "import('./scripts/lib/steps.js').then(({ build }) => build())"
  execFileSync(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' })
}
