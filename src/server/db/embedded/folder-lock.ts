import { createHash } from 'node:crypto'
import { realpathSync, unlinkSync } from 'node:fs'
import { createConnection, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Somebody else has the folder open. */
export class FolderInUse extends Error {}

/**
 * Takes the data folder for this process by binding a socket in it. A second process finds the socket answered and is
 * refused; a socket that nobody answers was left by a killed process and is taken over. A lock is never taken over by
 * its age: a long query may keep a live owner silent.
 *
 * @throws FolderInUse when another process holds the folder
 */
export async function lockFolder(folder: string): Promise<{ release(): Promise<void> }> {
  const path = socketPath(folder)
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const server = await bind(path)
    if (server) return { release: () => new Promise((resolve) => server.close(() => resolve())) }
    if (await isAnswered(path)) throw new FolderInUse(folder)
    try {
      unlinkSync(path)
    } catch {
      // Another starter removed it first; the next attempt decides who gets in.
    }
  }
  throw new FolderInUse(folder)
}

/** Unix socket paths end at about 100 bytes: a deep folder gets a socket named after it in the temporary folder. */
function socketPath(folder: string): string {
  const real = realpathSync(folder)
  if (process.platform === 'win32') return `\\\\.\\pipe\\kaejon-${digest(real)}`
  const inside = join(real, 'lock.sock')
  return Buffer.byteLength(inside) < 100 ? inside : join(tmpdir(), `kaejon-${digest(real)}.sock`)
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24)
}

function bind(path: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(null)
      else reject(error)
    })
    server.listen(path, () => {
      server.unref()
      resolve(server)
    })
  })
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
