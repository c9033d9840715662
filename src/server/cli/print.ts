/** What commands print: Thai first, English beside it, figures that stand under one another. */
import { problemSentences } from '../../text/problems.ts'
import type { BatchProgress, StoredBatch } from '../queries/imports.ts'
import type { Recount } from '../queries/recount.ts'
import type { LeftOutReason } from '../queries/replay-logbook.ts'
import type { AccountLine } from './accounts.ts'
import type { ImportReport } from './import.ts'

const verdictLabels: readonly (readonly [verdict: string, label: string])[] = [
  ['new', 'ครัวเรือนใหม่ · new'],
  ['same', 'ตรงกับที่มีอยู่ · same'],
  ['update', 'ปรับข้อมูล · update'],
  ['match', 'อยู่ในบัญชีอื่นแล้ว · on another list'],
  ['duplicate', 'ซ้ำในไฟล์ · double in the file'],
  ['conflict', 'ขัดแย้ง · conflict'],
  ['invalid', 'นำเข้าไม่ได้ · invalid'],
]

export function importText(report: ImportReport): string {
  const lines = [
    figure('แถวในไฟล์ · rows', report.rows),
    figure('ครัวเรือนในไฟล์ · households', report.households),
    ...verdictLabels.map(([verdict, label]) => figure(`  ${label}`, report.verdicts[verdict] ?? 0)),
    figure('รอการตัดสิน · waiting for a decision', report.waiting),
  ]
  const { result } = report
  if (result) {
    lines.push(
      figure('ครัวเรือนที่เพิ่ม · households added', result.householdsMade),
      figure('ครัวเรือนที่ปรับ · households changed', result.householdsChanged),
      figure('สมาชิกที่เพิ่ม · members added', result.membersMade),
      figure('รายการบัญชีที่เพิ่ม · listings added', result.listingsMade),
    )
  }
  lines.push('', ending(report))
  if (report.rejectsPath !== null) {
    lines.push(
      `แถวที่นำเข้าไม่ได้อยู่ใน · rows that were left out: ${report.rejectsPath}`,
      'แก้ไขช่องที่ทำเครื่องหมายไว้ แล้วนำเข้าไฟล์นั้นอีกครั้ง · correct the marked cells and import that file.',
    )
  }
  return `${lines.join('\n')}\n`
}

function ending(report: ImportReport): string {
  if (report.guard !== null) {
    return `หยุดไว้ก่อน: ร้อยละ ${report.guard} ของไฟล์ผิดหรือซ้ำ หากตรวจสอบแล้วถูกต้อง สั่งอีกครั้งพร้อม --yes\nStopped: ${report.guard} % of the file is wrong or repeated. If that is right, run it again with --yes.`
  }
  if (report.isHeld) {
    const th = problemSentences('importElsewhere', {}, 'th')
    const en = problemSentences('importElsewhere', {}, 'en')
    return `หยุดไว้ก่อน: ${th.what} ${th.next}\nStopped: ${en.what}. ${en.next}`
  }
  if (report.state === 'dry-run') return 'ทดลองเท่านั้น ไม่มีข้อมูลใดถูกบันทึก · A dry run: nothing was stored.'
  if (report.waiting > 0) {
    return 'นำเข้าแล้ว เหลือครัวเรือนที่ต้องมีผู้ตัดสินบนหน้ารอบนำเข้า\nImported; some households wait for a decision on the page of this import.'
  }
  return 'นำเข้าเรียบร้อย · Imported.'
}

const phaseNames: Record<BatchProgress['phase'], string> = {
  detecting: 'ดูไฟล์ · looking',
  reading: 'อ่าน · reading',
  matching: 'เทียบ · matching',
  committing: 'บันทึก · storing',
  undoing: 'ยกเลิก · undoing',
}

/** Said when an import that was begun before is taken up again. */
export function resumedText(batch: StoredBatch, isClaimed: boolean): string {
  const done = count(batch.progress.done ?? batch.counts.rows ?? 0)
  const lines = [
    `พบรอบนำเข้าของไฟล์นี้ที่ยังไม่เสร็จ ทำต่อจากที่หยุด (${done} แถว)`,
    `An unfinished import of this file was found; going on where it stopped (${done} rows).`,
  ]
  if (isClaimed) {
    lines.push(
      'อาจมีโปรแกรมอื่นทำอยู่ หากโปรแกรมนั้นหยุดไปแล้ว จะเริ่มต่อเองภายในหนึ่งนาที',
      'Another program may be working at it; if that one is gone, this one takes over within a minute.',
    )
  }
  return `${lines.join('\n')}\n`
}

/** One line: how far, how fast, how long still. */
export function progressText(progress: BatchProgress, now: Date): string {
  const seconds = Math.max(0.001, (now.getTime() - Date.parse(progress.since)) / 1000)
  const rate = Math.max(0, progress.done - progress.from) / seconds
  const of = progress.total === null ? '' : ` / ${count(progress.total)}`
  const left = progress.total === null || rate === 0 ? null : Math.max(0, progress.total - progress.done) / rate
  const wait = left === null ? '' : `  เหลือ ${duration(left)} left`
  return `${phaseNames[progress.phase]}  ${count(progress.done)}${of}  ${count(Math.round(rate))}/s${wait}`
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** Why the history of some households is not replayed. */
const leftOutLabels: readonly (readonly [reason: LeftOutReason, label: string])[] = [
  ['merged', 'เว้น: เคยรวม · not: merged'],
  ['withdrawn', 'เว้น: เคยถอนชื่อ · not: withdrawn'],
  ['moved', 'เว้น: เคยย้ายพื้นที่ · not: moved'],
  ['lists', 'เว้น: บัญชีเปลี่ยน · not: lists changed'],
  ['rules', 'เว้น: เกณฑ์เปลี่ยน · not: rules changed'],
]

export function recountText(recount: Recount): string {
  const lines = [figure('ครัวเรือนที่นับ · households counted', recount.households)]
  for (const province of recount.unsettled)
    lines.push(
      `จังหวัด ${String(province).padStart(2, '0')} ยังคำนวณตามเกณฑ์ใหม่ไม่เสร็จ รายการที่ไม่ตรงกันอาจมาจากเหตุนี้ เปิดระบบให้คำนวณเสร็จแล้วสั่งใหม่`,
      `Province ${String(province).padStart(2, '0')} is still being settled by new rules, which may be all that differs: let the server finish, and verify again.`,
    )
  if (recount.history) {
    const { replayed, leftOut } = recount.history
    lines.push(figure('ไล่ประวัติทีละบันทึก · histories replayed', replayed))
    for (const [reason, label] of leftOutLabels)
      if (leftOut[reason] > 0) lines.push(figure(`  ${label}`, leftOut[reason]))
  }
  if (recount.count === 0) {
    lines.push('ทุกตัวเลขตรงกับข้อมูล · Every figure agrees with the records.')
    return `${lines.join('\n')}\n`
  }
  lines.push(figure('ไม่ตรงกัน · differences', recount.count))
  for (const { kind, provinceCode, subject, stored, counted } of recount.differences) {
    const values = stored === null ? '' : `  เก็บไว้ stored: ${stored}  นับได้ counted: ${counted ?? '-'}`
    lines.push(`  ${kind}  ${String(provinceCode).padStart(2, '0')}  ${subject}${values}`)
  }
  const rest = recount.count - recount.differences.length
  if (rest > 0) lines.push(`  และอีก ${count(rest)} รายการ · and ${count(rest)} more`)
  return `${lines.join('\n')}\n`
}

export function accountsText(accounts: readonly AccountLine[]): string {
  if (accounts.length === 0) {
    return 'ยังไม่มีบัญชีผู้ใช้ หน้าแรกของระบบจะสร้างผู้ดูแลคนแรก\nThere are no accounts yet; the first page makes the first administrator.\n'
  }
  return accounts
    .map(({ username, name, roles, isDisabled, hasSecondFactor }) =>
      [
        username.padEnd(24),
        isDisabled ? 'ระงับ disabled ' : 'ใช้งาน active  ',
        hasSecondFactor ? 'สองชั้น 2FA  ' : 'ชั้นเดียว 1FA',
        `${name}  ${roles.join(', ')}`,
      ].join(' '),
    )
    .map((line) => `${line}\n`)
    .join('')
}

function figure(label: string, value: number): string {
  return `${label}${' '.repeat(Math.max(1, 44 - width(label)))}${count(value).padStart(11)}`
}

/** Columns on a terminal: Thai vowels and tone marks above and below take none. */
function width(text: string): number {
  return text.replace(/[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]/g, '').length
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}
