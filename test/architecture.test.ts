/** Holds the folders to the table in ARCHITECTURE.md: what each may import, and that SQL stands in two places only. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** Folder → what it may import: folders below src, or packages. The longest matching folder counts. */
const mayImport: Record<string, string[]> = {
  domain: ['domain', 'zod'],
  contract: ['contract', 'domain', 'zod'],
  text: ['text', 'domain'],
  'server/db': ['server/db', 'server', 'domain', 'kysely', 'pg', '@electric-sql/pglite'],
  'server/queries': ['server/queries', 'server/db', 'server', 'domain', 'kysely'],
  'server/actions': [
    'server/actions',
    'server/queries',
    'server/db',
    'server/files',
    'server/areas',
    'server',
    'contract',
    'domain',
  ],
  'server/files': ['server/files', 'server', 'domain', 'yauzl', 'hucre', 'papaparse'],
  'server/areas': ['server/areas', 'server', 'domain'],
  'server/jobs': [
    ...['server/jobs', 'server/actions', 'server/queries', 'server/files', 'server/db', 'server', 'domain', 'text'],
  ],
  'server/http': [
    ...['server/http', 'server/actions', 'server/queries', 'server/files', 'server/jobs', 'server/db', 'server'],
    ...['contract', 'domain', 'text', 'hono', '@hono/node-server', 'better-auth', 'kysely', 'zod'],
  ],
  server: ['server/*', 'server', 'contract', 'domain', 'text', 'pino', '@hono/node-server', 'zod', 'kysely'],
  practice: ['practice', 'server/files', 'server/areas', 'server', 'domain'],
  'web/text': ['web/text', 'domain', 'text', 'react'],
  'web/ui': [
    'web/ui',
    'web/text',
    'domain',
    'text',
    'react',
    'react-aria-components',
    'wouter',
    '@fontsource/noto-sans-thai-looped',
    'uqr',
  ],
  'web/offline': ['web/offline', 'web', 'contract', 'domain', 'idb'],
  'web/field': [
    ...['web/field', 'web/offline', 'web/pages', 'web/ui', 'web/text', 'web', 'contract', 'domain', 'text'],
    ...['react', 'react-dom', 'qr'],
  ],
  'web/pages': [
    'web/pages',
    'web/ui',
    'web/text',
    'web',
    'contract',
    'domain',
    'text',
    'react',
    'wouter',
    '@tanstack/react-query',
    'zod',
  ],
  web: [
    ...['web/*', 'web', 'contract', 'domain', 'text', 'react', 'react-dom', 'wouter', '@tanstack/react-query', 'vite'],
    'workbox-precaching',
  ],
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test(-helper)?\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('node_modules'))
}

function ruleFor(file: string): string {
  const folders = Object.keys(mayImport).filter((folder) => file.startsWith(`${folder}/`))
  const longest = folders.sort((a, b) => b.length - a.length)[0]
  if (!longest) throw new Error(`${file} stands in a folder that the table does not know`)
  return longest
}

/** The imports of a source text that its folder may not make. */
function violations(file: string, text: string): string[] {
  const allowed = mayImport[ruleFor(file)]!
  const statements = /(?:^|\n)(?:import|export)\b(?:[^'`=()]*\bfrom)?\s*'([^']+)'|\bimport\(\s*'([^']+)'/g
  const specifiers = [...text.matchAll(statements)].map((match) => (match[1] ?? match[2])!)
  return specifiers.filter((specifier) => {
    if (specifier.startsWith('node:')) return !/^(server|practice)\b/.test(file)
    if (specifier.endsWith('.css')) return false
    if (!specifier.startsWith('.'))
      return !allowed.some((name) => specifier === name || specifier.startsWith(`${name}/`))
    const target = relative('/src', resolve('/src', dirname(file), specifier))
    const targetRule = ruleFor(target)
    return !allowed.some(
      (name) => name === targetRule || (name.endsWith('/*') && targetRule.startsWith(name.slice(0, -1))),
    )
  })
}

const files = sourceFiles(join(root, 'src')).map((path) => relative(join(root, 'src'), path))

describe('the folders are the architecture', () => {
  it('no file imports what its folder may not', () => {
    expect(files.length).toBeGreaterThan(50)
    const found = files.flatMap((file) =>
      violations(file, readFileSync(join(root, 'src', file), 'utf8')).map((specifier) => `${file} → ${specifier}`),
    )
    expect(found).toEqual([])
  })

  it('planted violations are caught', () => {
    expect(violations('domain/case.ts', "import { readFile } from 'node:fs'")).toEqual(['node:fs'])
    expect(violations('domain/case.ts', "import type { Db } from '../server/db/database.ts'")).toHaveLength(1)
    expect(violations('web/pages/x/X.tsx', "import pg from 'pg'")).toEqual(['pg'])
    expect(violations('web/pages/x/X.tsx', "const x = await import('../../../server/ids.ts')")).toHaveLength(1)
    expect(violations('server/queries/x.ts', "import { act } from '../actions/context.ts'")).toHaveLength(1)
    expect(violations('domain/case.ts', "import { z } from 'zod'")).toEqual([])
  })

  it('the domain reads no clock and throws no dice', () => {
    const pure = files.filter((file) => /^(domain|contract|text)\//.test(file))
    const impure = pure.filter((file) =>
      /\bDate\.now\(|new Date\(\)|Math\.random\(|\bprocess\.|\bfetch\(/.test(
        readFileSync(join(root, 'src', file), 'utf8'),
      ),
    )
    expect(impure).toEqual([])
  })

  it('SQL stands in queries and migrations only', () => {
    const statement = /\b(select\s+[\s\S]{1,200}?\s+from|insert\s+into|update\s+\w+\s+set|delete\s+from)\s/i
    const builder = /\.(selectFrom|insertInto|updateTable|deleteFrom)\(/
    const outside = files.filter(
      (file) => /^(server|practice)\//.test(file) && !/^server\/(queries|db|bench)\//.test(file),
    )
    const found = outside.filter((file) => {
      const text = readFileSync(join(root, 'src', file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
      return (
        builder.test(text) || [...text.matchAll(/sql(?:<[^`]*>)?`([^`]*)`/g)].some((match) => statement.test(match[1]!))
      )
    })
    expect(found).toEqual([])
  })

  it('the table in ARCHITECTURE.md is this table', () => {
    const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
    const rows = [...text.matchAll(/^\| `([a-z/]+)` \| (.+) \|$/gm)].map((match) => [
      match[1]!,
      match[2]!.split(',').map((part) => part.trim().replaceAll('`', '')),
    ])
    expect(Object.fromEntries(rows)).toEqual(mayImport)
  })

  it('every invariant names a test that exists', () => {
    const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
    const named = [...text.matchAll(/^\| \d+ \| .+ \| (.+) \|$/gm)].flatMap((match) => match[1]!.split(', '))
    expect(named.length).toBeGreaterThan(15)
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  it('only config.ts reads the environment', () => {
    const readers = files.filter((file) => readFileSync(join(root, 'src', file), 'utf8').includes('process.env'))
    const entries = ['server/main.ts', 'server/cli.ts', 'practice/main.ts']
    expect(readers.filter((file) => !entries.includes(file))).toEqual([])
  })

  it('the README says how many districts of the demo have logbooks', () => {
    const [, codes = ''] = /'--districts', '([\d,]+)'/.exec(readFileSync(join(root, 'scripts/demo.js'), 'utf8')) ?? []
    const areas = readFileSync(join(root, 'data/areas.tsv'), 'utf8')
    const districts = [...areas.matchAll(/^31\d\d\t/gm)].length
    const words = ['no', 'one', 'two', 'three', 'four', 'five']
    const said = `a year of logbooks in ${words[codes.split(',').length]} of its ${districts} districts`
    expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(said)
  })
})
