/** The command that makes a year for the households of a practice registry: `--households FILE --out FILE --seed 2565`. */
import { createReadStream, createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import type { Author } from './diary.ts'
import { historyOf } from './history.ts'
import { loadNames } from './names.ts'
import { createRandom } from './random.ts'
import { sinceThen } from './since.ts'

/** As `kaejon practice --households` writes it. */
interface Line {
  province: number
  id: string
  areaCode: string
  lists: string[]
  listDate: string
  members: { id: string; birthDate: string | null }[]
}

const year = 2023

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      households: { type: 'string' },
      out: { type: 'string' },
      seed: { type: 'string', default: '2565' },
      /** Districts of which every household has a year, and the share of the households elsewhere. */
      districts: { type: 'string', default: '' },
      share: { type: 'string', default: '1' },
      /** Goes on after the year until the day before this one, so that not every visit is years overdue. */
      today: { type: 'string' },
    },
  })
  if (values.households === undefined || values.out === undefined) {
    process.stderr.write(
      'history-main --households FILE --out FILE [--seed N] [--districts 3104,3107] [--share 0.1] [--today YYYY-MM-DD]\n',
    )
    process.exitCode = 2
    return
  }
  const seed = Number(values.seed)
  const districts = values.districts.split(',').filter((code) => code !== '')
  const share = Number(values.share)
  const out = createWriteStream(values.out, { mode: 0o600 })
  const write = async (line: object) => {
    if (!out.write(`${JSON.stringify(line)}\n`)) await once(out, 'drain')
  }
  const names = loadNames()
  const known = new Set<string>()
  let households = 0
  let count = 0
  for await (const text of createInterface({ input: createReadStream(values.households), crlfDelay: Infinity })) {
    const { province, id, areaCode, lists, listDate, members } = JSON.parse(text) as Line
    const isChosen =
      districts.some((district) => areaCode.startsWith(district)) || createRandom('chosen', seed, id).chance(share)
    // A year begins after the lists; households that were found later have none.
    if (!isChosen || listDate > `${year}-01-01`) continue
    const aged = members.map((member) => ({
      id: member.id,
      age: member.birthDate === null ? null : year - Number(member.birthDate.slice(0, 4)),
    }))
    const household = { id, areaCode, lists, listDate, members: aged }
    const planned = historyOf(household, seed)
    if (values.today !== undefined) planned.push(...sinceThen(household, planned, seed, values.today))
    if (planned.length === 0) continue
    for (const author of new Set(planned.map((entry) => entry.author))) {
      const username = usernameOf(author, areaCode)
      if (known.has(username)) continue
      known.add(username)
      const random = createRandom('recorder', seed, username)
      const [surname] = names.surnamesOf(random, String(province), 1)
      const given = names.given(random, random.chance(0.5) ? 'male' : 'female', 1965 + random.below(30))
      const name = `${given} ${surname} (ฝึกหัด)`
      await write({ person: { username, name, role: author, areaCode: placeOf(author, areaCode) } })
    }
    const entries = planned.map(({ draft, author, recordedAt }) => ({
      at: recordedAt,
      by: usernameOf(author, areaCode),
      entry: draft,
    }))
    await write({ household: { province, id }, entries })
    households += 1
    count += planned.length
  }
  out.end()
  await once(out, 'finish')
  process.stdout.write(`${households} households, ${count} entries, ${known.size} people\n`)
}

function placeOf(author: Author, areaCode: string): string {
  return areaCode.slice(0, author === 'district' ? 4 : 6)
}

function usernameOf(author: Author, areaCode: string): string {
  return `${author}.${placeOf(author, areaCode)}`
}

await main()
