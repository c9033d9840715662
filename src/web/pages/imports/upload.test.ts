import { describe, expect, it } from 'vitest'
import type { Upload } from '../../../contract/uploads.ts'
import { startUpload, type UploadDoor, type UploadState } from './upload.ts'

const megabyte = 1024 * 1024
const fileOf = (size: number) => new File([new Uint8Array(size).fill(7)], 'บัญชี.xlsx')

class Lost extends Error {
  readonly problem: string
  readonly code: number
  constructor(problem: string, code = 0) {
    super(problem)
    this.problem = problem
    this.code = code
  }
}

/** A server that keeps the bytes; `mishap` may throw before a call is answered. */
function fakeServer(mishap: (call: string, number: number) => void = () => {}) {
  const kept = new Map<string, { size: number; bytes: number }>()
  const calls: string[] = []
  let begun: string | null = null
  let clock = 0
  const answer = (id: string): Upload => {
    const upload = kept.get(id)
    if (!upload) throw new Lost('notFound', 404.1)
    return {
      id,
      fileName: 'x',
      size: upload.size,
      received: upload.bytes,
      complete: upload.bytes === upload.size,
    }
  }
  const call = (name: string) => {
    calls.push(name)
    mishap(name, calls.filter((earlier) => earlier === name).length)
  }
  const door: UploadDoor = {
    begin: async ({ size }) => {
      call('begin')
      kept.set(`upload-${kept.size}`, { size, bytes: 0 })
      return answer(`upload-${kept.size - 1}`)
    },
    show: async (id) => {
      call('show')
      return answer(id)
    },
    append: async (id, offset, piece) => {
      call('append')
      clock += 10
      const upload = kept.get(id)
      if (!upload) throw new Lost('notFound', 404.1)
      if (offset !== upload.bytes) throw new Lost('uploadOutOfOrder', 400.7)
      upload.bytes += piece.size
      return answer(id)
    },
    complete: async (id, digest) => {
      call('complete')
      return { ...answer(id), digest: digest ?? 'none', earlierImports: [] }
    },
    digest: async () => 'abc',
    problemOf: (error) => {
      if (!(error instanceof Lost)) throw error
      return { code: error.code, problem: error.problem, details: {}, requestId: '' }
    },
    now: () => clock,
    wait: async () => {
      await new Promise((resolve) => setTimeout(resolve))
    },
    begun: { read: () => begun, write: (id) => (begun = id) },
  }
  return { door, kept, calls, begunId: () => begun, setBegun: (id: string) => (begun = id) }
}

function send(file: File, door: UploadDoor, until: (state: UploadState) => boolean = isOver) {
  const seen: UploadState[] = []
  let running: ReturnType<typeof startUpload> | null = null
  const over = new Promise<UploadState>((resolve) => {
    running = startUpload(file, door, (state) => {
      seen.push(state)
      if (until(state)) resolve(state)
    })
  })
  return { over, seen, running: running as ReturnType<typeof startUpload> | null }
}

const isOver = ({ phase }: UploadState) => phase === 'done' || phase === 'failed'

describe('sending a file in pieces', () => {
  it('sends every byte once, in pieces of at most 4 MB, with its digest', async () => {
    const server = fakeServer()
    const { over, seen } = send(fileOf(11 * megabyte), server.door)
    const last = await over
    expect(last).toMatchObject({ phase: 'done', sent: 11 * megabyte, complete: { digest: 'abc' } })
    const steps = seen.map(({ sent }) => sent).filter((sent, index, all) => index > 0 && sent > (all[index - 1] ?? 0))
    expect(Math.max(...steps.map((sent, index) => sent - (steps[index - 1] ?? 0)))).toBe(4 * megabyte)
    expect(server.begunId()).toBeNull()
  })

  it('ends every piece but the last where a frame of the server ends, whatever the speed', async () => {
    const server = fakeServer()
    const ends: number[] = []
    const append = server.door.append
    server.door.append = async (id, offset, piece, signal) => {
      ends.push(offset + piece.size)
      return append(id, offset, piece, signal)
    }
    let clock = 0
    server.door.now = () => (clock += 997)
    server.kept.set('upload-0', { size: 5 * megabyte + 9, bytes: 1000 })
    server.setBegun('upload-0')
    expect((await send(fileOf(5 * megabyte + 9), server.door).over).phase).toBe('done')
    expect(ends.length).toBeGreaterThan(5)
    expect(ends.pop()).toBe(5 * megabyte + 9)
    expect(ends.filter((end) => end % 65_536 !== 0)).toEqual([])
  })

  it('waits out a lost connection and goes on from what the server holds', async () => {
    const server = fakeServer((name, number) => {
      if (name === 'append' && number >= 3 && number <= 5) throw new Lost('noAnswer')
    })
    const { over, seen } = send(fileOf(6 * megabyte), server.door)
    expect((await over).phase).toBe('done')
    expect(seen.filter(({ phase }) => phase === 'waiting').length).toBe(3)
    expect(server.calls.filter((name) => name === 'begin').length).toBe(1)
    expect([...server.kept.values()]).toEqual([{ size: 6 * megabyte, bytes: 6 * megabyte }])
  })

  it('waits longer after every failed try', async () => {
    const server = fakeServer((name, number) => {
      if (name === 'begin' && number <= 4) throw new Lost('noAnswer')
    })
    const { over, seen } = send(fileOf(10), server.door)
    await over
    expect(seen.flatMap(({ retryInSeconds }) => retryInSeconds ?? [])).toEqual([1, 2, 4, 8])
  })

  it('goes on with an upload that was begun before the page was loaded again', async () => {
    const server = fakeServer()
    server.kept.set('upload-0', { size: 5 * megabyte, bytes: 3 * megabyte })
    server.setBegun('upload-0')
    const { over } = send(fileOf(5 * megabyte), server.door)
    expect((await over).complete?.id).toBe('upload-0')
    expect(server.calls).not.toContain('begin')
  })

  it('begins again when the server has forgotten the upload', async () => {
    const server = fakeServer()
    server.setBegun('long-gone')
    const { over } = send(fileOf(100), server.door)
    expect((await over).phase).toBe('done')
    expect(server.calls.filter((name) => name === 'begin').length).toBe(1)
  })

  it('stops with the problem when waiting would not help, and can be tried again', async () => {
    let isRefused = true
    const server = fakeServer((name) => {
      if (name === 'append' && isRefused) throw new Lost('tooLarge', 413.1)
    })
    const first = send(fileOf(100), server.door)
    expect(await first.over).toMatchObject({ phase: 'failed', problem: { problem: 'tooLarge' } })
    isRefused = false
    const done = new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        if (first.seen.at(-1)?.phase !== 'done') return
        clearInterval(timer)
        resolve()
      }, 1)
    })
    first.running?.resume()
    await done
    expect(server.calls.filter((name) => name === 'begin').length).toBe(1)
  })

  it('rests while it is paused and goes on when told', async () => {
    const server = fakeServer()
    const { over, seen, running } = send(fileOf(9 * megabyte), server.door, ({ phase }) => phase === 'done')
    running?.pause()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(seen.at(-1)?.phase).toBe('paused')
    const sentWhilePaused = [...server.kept.values()][0]?.bytes ?? 0
    expect(sentWhilePaused).toBeLessThan(9 * megabyte)
    running?.resume()
    expect((await over).sent).toBe(9 * megabyte)
  })
})
