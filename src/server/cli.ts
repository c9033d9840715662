/** `npx kaejon`: everything that is done at the machine itself rather than on the pages. */
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { Problem } from '../domain/problem.ts'
import { areaCodeSchema } from '../domain/area.ts'
import { problemSentences } from '../text/problems.ts'
import { readAccounts, resetSecondFactor } from './cli/accounts.ts'
import { backupText, help, helpText, type CommandName } from './cli/help.ts'
import { importFile } from './cli/import.ts'
import { rotateKeys } from './cli/keys.ts'
import { markPractice } from './cli/practice.ts'
import { recordPracticeYear, writePracticeHouseholds } from './cli/practice-year.ts'
import { accountsText, importText, progressText, recountText, resumedText } from './cli/print.ts'
import { CommandStopped, exitCodes, withRegistry } from './cli/registry.ts'
import { DatabaseRefused } from './db/database.ts'
import { recount } from './queries/recount.ts'

/** The command was not understood; help is shown. */
class WrongUsage extends Error {
  readonly command: CommandName | null

  constructor(message: string, command: CommandName | null = null) {
    super(message)
    this.command = command
  }
}

const commands: Record<CommandName, (args: string[]) => Promise<number>> = {
  async start() {
    await import('./main.ts')
    return exitCodes.done
  },

  async import(args) {
    const { values, positionals } = read('import', args, {
      list: { type: 'string' },
      area: { type: 'string' },
      sheet: { type: 'string' },
      'list-date': { type: 'string' },
      'dry-run': { type: 'boolean' },
      as: { type: 'string' },
      yes: { type: 'boolean' },
    })
    const [file] = positionals
    const list = textOf(values['list'])
    const area = textOf(values['area'])
    const listDate = textOf(values['list-date'])
    if (!file || positionals.length > 1) throw new WrongUsage('ระบุไฟล์หนึ่งไฟล์ · name one file', 'import')
    if (!list) throw new WrongUsage('ระบุบัญชีด้วย --list · name the list with --list', 'import')
    if (area !== undefined && !areaCodeSchema.safeParse(area).success) {
      throw new WrongUsage('รหัสพื้นที่ไม่ถูกต้อง · --area is not an area code', 'import')
    }
    if (listDate !== undefined && !/^\d{4}-\d\d-\d\d$/.test(listDate)) {
      throw new WrongUsage('วันที่ต้องเป็น ปปปป-ดด-วว · --list-date must be YYYY-MM-DD', 'import')
    }
    const stopping = stopOnSignal()
    const report = await withRegistry(process.env, (deps) =>
      importFile(deps, {
        file,
        list,
        area,
        listDate,
        sheet: textOf(values['sheet']),
        isDryRun: values['dry-run'] === true,
        username: textOf(values['as']),
        isConfirmed: values['yes'] === true,
        control: { stopping, progress: (progress) => tell(progressText(progress, new Date())) },
        resumed: (batch, isClaimed) => void process.stderr.write(resumedText(batch, isClaimed)),
      }),
    )
    endProgress()
    process.stdout.write(importText(report))
    return report.exitCode
  },

  async verify(args) {
    const { values } = read('verify', args, { deep: { type: 'boolean' } })
    const told = (households: number) => tell(`นับแล้ว · counted ${households.toLocaleString('en-US')}`)
    const result = await withRegistry(process.env, (deps) =>
      recount(deps.database.kysely, 200, told, { deep: values['deep'] === true }),
    )
    endProgress()
    process.stdout.write(recountText(result))
    return result.count === 0 ? exitCodes.done : exitCodes.problem
  },

  async account(args) {
    const { values, positionals } = read('account', args, { 'reset-second-factor': { type: 'boolean' } })
    const [name] = positionals
    if (!name || positionals.length > 1) throw new WrongUsage('ระบุ list หรือชื่อผู้ใช้ · say list or a username', 'account')
    if (values['reset-second-factor']) {
      const { sessions } = await withRegistry(process.env, (deps) => resetSecondFactor(deps, name))
      process.stdout.write(
        `ล้างการยืนยันตัวตนขั้นที่สองของ ${name} แล้ว และให้ออกจากระบบ ${sessions} เครื่อง\nThe second factor of ${name} is off; ${sessions} sessions were ended.\n`,
      )
      return exitCodes.done
    }
    if (name !== 'list') throw new WrongUsage('ระบุสิ่งที่จะทำกับบัญชี · say what to do with the account', 'account')
    process.stdout.write(accountsText(await withRegistry(process.env, readAccounts)))
    return exitCodes.done
  },

  async keys(args) {
    const { values, positionals } = read('keys', args, { yes: { type: 'boolean' }, as: { type: 'string' } })
    if (positionals.join(' ') !== 'rotate') throw new WrongUsage('ระบุ rotate · say rotate', 'keys')
    const { keyNumber, encrypted } = await withRegistry(process.env, (deps) =>
      rotateKeys(deps, { username: textOf(values['as']), isAlone: values['yes'] === true }, (done, total) =>
        tell(`เข้ารหัสใหม่ · encrypted ${done.toLocaleString('en-US')} / ${total.toLocaleString('en-US')}`),
      ),
    )
    endProgress()
    process.stdout.write(
      `ใช้กุญแจหมายเลข ${keyNumber} เข้ารหัสใหม่ ${encrypted} รายการ สำรองกุญแจใหม่ทันที\nKey ${keyNumber} is in use; ${encrypted} ids were encrypted anew. Back the keys up now.\n`,
    )
    return exitCodes.done
  },

  async practice(args) {
    const { values } = read('practice', args, {
      mark: { type: 'boolean' },
      households: { type: 'string' },
      record: { type: 'string' },
    })
    const households = textOf(values['households'])
    const record = textOf(values['record'])
    if (values['mark'] === true) await withRegistry(process.env, markPractice)
    else if (households !== undefined)
      await withRegistry(process.env, (deps) => writePracticeHouseholds(deps, households))
    else if (record !== undefined) {
      const { recorded, refused } = await withRegistry(process.env, (deps) =>
        recordPracticeYear(deps, record, (entries) => tell(`บันทึก · recorded ${entries.toLocaleString('en-US')}`)),
      )
      endProgress()
      process.stdout.write(
        `บันทึก ${recorded} รายการ ปฏิเสธ ${refused} รายการ\n${recorded} entries recorded, ${refused} refused.\n`,
      )
    } else throw new WrongUsage('ระบุ --mark · say --mark', 'practice')
    return exitCodes.done
  },

  async backup(args) {
    read('backup', args, {})
    process.stdout.write(backupText)
    return exitCodes.done
  },
}

async function run(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const about = rest[0]
    process.stdout.write(helpText(about !== undefined && isCommand(about) ? about : null))
    return name === undefined ? exitCodes.usage : exitCodes.done
  }
  if (!isCommand(name)) throw new WrongUsage(`ไม่รู้จักคำสั่ง ${name} · unknown command ${name}`)
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(helpText(name))
    return exitCodes.done
  }
  return commands[name](rest)
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(help, name)
}

function read(command: CommandName, args: string[], options: NonNullable<ParseArgsConfig['options']>) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error), command)
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The first Ctrl+C asks for a stop at the next safe point; a second one ends the program where it is. */
function stopOnSignal(): () => boolean {
  let isStopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      isStopping = true
      endProgress()
      process.stderr.write('กำลังหยุดที่จุดปลอดภัยถัดไป · stopping at the next safe point\n')
    })
  }
  return () => isStopping
}

let toldAt = 0

/** One line that renews itself on a terminal; in a log, a line every ten seconds. */
function tell(line: string): void {
  const isTerminal = process.stderr.isTTY
  if (Date.now() - toldAt < (isTerminal ? 200 : 10_000)) return
  toldAt = Date.now()
  process.stderr.write(isTerminal ? `\r\u001b[K${line}` : `${line}\n`)
}

function endProgress(): void {
  if (process.stderr.isTTY && toldAt > 0) process.stderr.write('\r\u001b[K')
}

function explain(error: unknown): { text: string; exitCode: number } {
  if (error instanceof WrongUsage)
    return { text: `${error.message}\n\n${helpText(error.command)}`, exitCode: exitCodes.usage }
  if (error instanceof CommandStopped) return { text: `${error.message}\n`, exitCode: error.exitCode }
  if (error instanceof DatabaseRefused) return { text: `${error.message}\n`, exitCode: exitCodes.problem }
  if (error instanceof Problem) {
    const lines = (['th', 'en'] as const).map((locale) => {
      const { what, next } = problemSentences(error.problem, error.details, locale)
      return `${what} ${next}`
    })
    const details = Object.keys(error.details).length > 0 ? `${JSON.stringify(error.details)}\n` : ''
    return { text: `${lines.join('\n')}\n(${error.code}) ${details}`.trimEnd() + '\n', exitCode: exitCodes.problem }
  }
  return {
    text: `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    exitCode: exitCodes.problem,
  }
}

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  endProgress()
  const { text, exitCode } = explain(error)
  process.stderr.write(text)
  process.exitCode = exitCode
}
