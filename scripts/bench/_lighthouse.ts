/**
 * Lighthouse over the first page of the field app, at the first visit and at the next one of the same browser. Its package
 * is far larger than all of ours, so it is fetched when the benchmark runs and is no dependency.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const version = '12.8.2'

/** How slow the phone is: times that its processor is slower, and its line. */
export interface Slowness {
  cpu: number
  latencyMilliseconds: number
  downKilobits: number
  upKilobits: number
}

export interface Report {
  /** 0 to 100. */
  performance: number
  /** 0 to 100. */
  accessibility: number
  /** Milliseconds from the request on. */
  firstContentfulPaint: number
  largestContentfulPaint: number
  /** Milliseconds beyond 50 of every long task until the page is quiet. */
  totalBlockingTime: number
}

/** @throws Error with what Lighthouse said when it gives no report */
export async function lighthouse(address: string, slowness: Slowness): Promise<{ first: Report; repeat: Report }> {
  const port = await freePort()
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', `--remote-debugging-port=${port}`],
  })
  const folder = mkdtempSync(join(tmpdir(), 'kaejon-lighthouse-'))
  try {
    const first = await run(address, slowness, port, folder, [])
    return { first, repeat: await run(address, slowness, port, folder, ['--disable-storage-reset']) }
  } finally {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function run(
  address: string,
  slowness: Slowness,
  port: number,
  folder: string,
  more: readonly string[],
): Promise<Report> {
  const file = join(folder, 'report.json')
  const told = spawn(
    'npm',
    [
      'exec',
      '--yes',
      `--package=lighthouse@${version}`,
      '--',
      'lighthouse',
      address,
      `--port=${port}`,
      '--quiet',
      '--output=json',
      `--output-path=${file}`,
      '--only-categories=performance,accessibility',
      '--throttling-method=devtools',
      `--throttling.cpuSlowdownMultiplier=${slowness.cpu}`,
      `--throttling.requestLatencyMs=${slowness.latencyMilliseconds}`,
      `--throttling.downloadThroughputKbps=${slowness.downKilobits}`,
      `--throttling.uploadThroughputKbps=${slowness.upKilobits}`,
      ...more,
    ],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const words: string[] = []
  told.stderr.setEncoding('utf8').on('data', (text: string) => words.push(text))
  const [status] = (await once(told, 'exit')) as [number | null]
  if (status !== 0) throw new Error(`Lighthouse ended with ${status}: ${words.join('').slice(-1000)}`)
  const { categories, audits } = JSON.parse(readFileSync(file, 'utf8')) as {
    categories: Record<string, { score: number }>
    audits: Record<string, { numericValue: number }>
  }
  const score = (name: string) => Math.round(categories[name]!.score * 100)
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    firstContentfulPaint: audits['first-contentful-paint']!.numericValue,
    largestContentfulPaint: audits['largest-contentful-paint']!.numericValue,
    totalBlockingTime: audits['total-blocking-time']!.numericValue,
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
