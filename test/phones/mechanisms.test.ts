/** The ways in which phones lose work, as docs/decisions/0014-phones.md lists them: each names a test that is there. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

it('each mechanism by which a phone could lose work has its test', () => {
  const page = readFileSync('docs/decisions/0014-phones.md', 'utf8')
  const rows = [...page.matchAll(/^\| ([^|]+) \| ([\w/.-]+): “(.+)” +\|$/gm)]
  expect(rows.length).toBeGreaterThan(20)
  expect(rows.length).toBe(
    page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| mech')).length,
  )
  for (const [, mechanism, file, name] of rows)
    expect([mechanism, new RegExp(`it\\([\`']${escaped(name!)}`).test(readFileSync(file!, 'utf8'))]).toEqual([
      mechanism,
      true,
    ])
})

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
