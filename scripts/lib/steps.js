/** Steps shared by start, demo, test and bench: each says what it does, does nothing when it is already done, and stops on failure. */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
export const isRoot = process.getuid?.() === 0

export function say(text) {
  process.stdout.write(`\n▸ ${text}\n`)
}

/** Refuses a Node that is too old with a sentence instead of a stack. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  process.stderr.write(`Kaejon needs Node 20.19 or newer; this is ${process.versions.node}.\n`)
  process.exit(1)
}

/** Runs a command and lets its output through. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options })
  if (result.error) throw result.error
  return result.status ?? 1
}

export function must(command, args, options = {}) {
  const status = run(command, args, options)
  if (status !== 0) {
    process.stderr.write(`\n✗ ${command} ${args.join(' ')} ended with ${status}\n`)
    process.exit(1)
  }
}

/** Installs the packages of the lock file unless exactly those are installed. */
export function installPackages() {
  const digest = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  const stamp = join(root, 'node_modules/.kaejon-installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  say('Installing packages')
  // Not `npm ci`: it refuses a lock file that lacks the optional binaries of other platforms, which some registries do
  // not carry. The versions are those of the lock file all the same, and nothing is written to it.
  must('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'])
  writeFileSync(stamp, digest)
}

/** Builds the program and its pages unless nothing changed since the last build. */
export function build() {
  const stamp = join(root, 'dist/.kaejon-built')
  const digest = digestOf([
    'src',
    'migrations',
    'data',
    'package-lock.json',
    'vite.config.ts',
    'tsconfig.json',
    'tsconfig.build.json',
  ])
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  say('Building the program and its pages')
  must(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'])
  // Whoever asks for it, a test too, gets what is released: React builds its slow half in for any other environment.
  const env = { ...process.env, NODE_ENV: 'production' }
  must(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], { env })
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, digest)
}

/** Names, sizes and times of all files below some paths, as one digest. */
function digestOf(paths) {
  const hash = createHash('sha256')
  const visit = (path) => {
    const absolute = join(root, path)
    if (!existsSync(absolute)) return
    const stat = statSync(absolute)
    if (stat.isDirectory()) for (const name of readdirSync(absolute).toSorted()) visit(join(path, name))
    else hash.update(`${path}:${stat.size}:${stat.mtimeMs};`)
  }
  paths.forEach(visit)
  return hash.digest('hex')
}

/** Starts a program that goes on, passing our end on to it, and ends with its status. */
export function become(command, args, env = {}) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
}
