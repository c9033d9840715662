import fs from 'node:fs'
import { join } from 'node:path'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import type { PGlite } from '@electric-sql/pglite'

/**
 * PGlite's file system with the one thing it lacks: fsync. Without it a power cut loses committed rows or the whole
 * folder, since Emscripten's NODEFS has no `fsync` and turns the call into nothing. This leans on the insides of one
 * exact PGlite version; `embedded.ts` commits a row at start and refuses to run when `syncs` does not move.
 */
export class DurableFiles extends NodeFS {
  /** How many times the database asked for its bytes to be on the disk, and they were. */
  syncs = 0

  override async init(pg: PGlite, options: Parameters<NodeFS['init']>[1]): ReturnType<NodeFS['init']> {
    const result = await super.init(pg, options)
    result.emscriptenOpts.preRun ??= []
    result.emscriptenOpts.preRun.push((module) => {
      const inside = module as unknown as EmscriptenInside
      // The name moved between releases of 0.5.
      const nodefs = inside.NODEFS ?? inside.FS.filesystems?.NODEFS
      if (!nodefs) throw new Error('The embedded database has changed inside: its file system was not found')
      nodefs.stream_ops.fsync = (stream) => {
        if (stream.nfd == null) syncPath(nodefs.realPath(stream.node))
        else fs.fsyncSync(stream.nfd)
        this.syncs += 1
        return 0
      }
    })
    return result
  }
}

/** What this file needs of Emscripten's module. */
interface NodeFileSystem {
  stream_ops: { fsync?: (stream: { nfd?: number; node: unknown }) => number }
  realPath(node: unknown): string
}
interface EmscriptenInside {
  NODEFS?: NodeFileSystem
  FS: { filesystems?: { NODEFS?: NodeFileSystem } }
}

function syncPath(path: string): void {
  const descriptor = fs.openSync(path, 'r')
  try {
    fs.fsyncSync(descriptor)
  } finally {
    fs.closeSync(descriptor)
  }
}

/** Brings every file below a folder to the disk: needed once after initdb, which runs without the shim. */
export function syncTree(folder: string): void {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) syncTree(path)
    else if (entry.isFile()) syncPath(path)
  }
  syncPath(folder)
}
