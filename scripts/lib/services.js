/** What the tests need beside Node: a browser and a PostgreSQL server, from Debian's packages or as already installed. */
import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRoot, say } from './steps.js'

const debianPackages = ['chromium', 'postgresql-15', 'fonts-thai-tlwg']

/** Installs Debian's packages where that is possible (Debian, as root or with sudo that asks nothing); says when not. */
export function installDebianPackages() {
  if (findChromium() && findPostgres()) return
  if (!existsSync('/etc/debian_version')) return
  const sudo = isRoot ? [] : ['sudo', '-n']
  if (!isRoot && spawnSync('sudo', ['-n', 'true']).status !== 0) return
  say(`Installing ${debianPackages.join(', ')} from Debian's packages`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args) => {
    const [command, ...rest] = [...sudo, 'apt-get', ...args]
    return spawnSync(command, rest, { stdio: ['ignore', 'ignore', 'inherit'], env }).status
  }
  if (apt('install', '-y', '-qq', ...debianPackages) !== 0) {
    apt('update', '-qq')
    apt('install', '-y', '-qq', ...debianPackages)
  }
}

export function findChromium() {
  const named = process.env.CHROMIUM_PATH
  return (
    [named, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
      (path) => path && existsSync(path),
    ) ?? null
  )
}

/** The folder of PostgreSQL's own programs, the newest first. */
export function findPostgres() {
  const base = '/usr/lib/postgresql'
  if (!existsSync(base)) return null
  const versions = readdirSync(base).filter((name) => Number(name) >= 15 && existsSync(join(base, name, 'bin/initdb')))
  const newest = versions.toSorted((a, b) => Number(b) - Number(a))[0]
  return newest ? join(base, newest, 'bin') : null
}

/**
 * A throw-away PostgreSQL server on loopback. PostgreSQL refuses to run as root, so root starts it as the user that
 * Debian's package made.
 *
 * @returns {Promise<{ url: string, stop(): void }>}
 */
export async function startPostgres(bin, settings = []) {
  const folder = mkdtempSync(join(tmpdir(), 'kaejon-postgres-'))
  const data = join(folder, 'data')
  if (isRoot) {
    const user = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((line) => line.startsWith('postgres:'))
    if (!user) throw new Error('The user postgres is missing; install the package postgresql')
    const [, , uid, gid] = user.split(':').map(Number)
    chownSync(folder, uid, gid)
  }
  const as = (program, args) => {
    const full = [join(bin, program), ...args]
    const [command, ...rest] = isRoot ? ['runuser', '-u', 'postgres', '--', ...full] : full
    const result = spawnSync(command, rest, { cwd: folder, encoding: 'utf8' })
    if (result.status !== 0) throw new Error(`${program} failed: ${result.stderr || result.stdout}`)
  }
  const port = await freePort()
  as('initdb', ['-D', data, '-U', 'kaejon', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'])
  const options = [`-p ${port}`, '-h 127.0.0.1', `-k ${folder}`, ...settings.map((setting) => `-c ${setting}`)].join(
    ' ',
  )
  as('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', options, 'start'])
  let stopped = false
  return {
    url: `postgres://kaejon@127.0.0.1:${port}/postgres`,
    stop() {
      if (stopped) return
      stopped = true
      try {
        as('pg_ctl', ['-D', data, '-m', 'fast', '-w', 'stop'])
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
