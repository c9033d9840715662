/** The sentences of every fault of a row: what is wrong with the cell, and what to do next. One without them does not compile. */
import type { RowFault } from '../domain/import/staged.ts'
import type { Locale } from './locale.ts'

export interface FaultSentences {
  what: string
  next: string
}

/**
 * What a person is told about a fault, beside the cell it was found in.
 *
 * @param day `YYYY-MM-DD` that the fault names; left out where many faults are told as one
 */
export function faultSentences(fault: RowFault, locale: Locale, day?: string): FaultSentences {
  const [what, next] = sentences[fault][locale]
  return { what: day === undefined ? what : `${what} (${dayInWords(day, locale)})`, next }
}

function dayInWords(day: string, locale: Locale): string {
  const calendar = locale === 'th' ? 'th-TH-u-ca-buddhist-nu-latn' : 'en-GB'
  const style = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const
  // Without the era that some browsers write before the Buddhist year.
  const parts = new Intl.DateTimeFormat(calendar, style).formatToParts(new Date(`${day}T00:00:00Z`))
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('day')} ${part('month')} ${part('year')}`
}

const sentences: Record<RowFault, Record<Locale, readonly [what: string, next: string]>> = {
  required: {
    th: ['ขาดข้อมูลที่จำเป็น', 'กรอกข้อมูลในช่องนี้ แล้วนำเข้าใหม่'],
    en: ['Something that is needed is missing', 'Fill in this cell and import again.'],
  },
  nationalIdChecksum: {
    th: ['เลขประจำตัวประชาชนไม่ถูกต้อง เลขหลักสุดท้ายไม่ตรงกับหลักก่อนหน้า', 'ตรวจสอบกับบัตรประชาชนหรือทะเบียนบ้าน แล้วแก้ให้ตรง'],
    en: [
      'The national id is wrong: its last digit does not agree with the others',
      'Compare it with the card or the house register and correct it.',
    ],
  },
  nationalIdLength: {
    th: ['เลขประจำตัวประชาชนไม่ครบ 13 หลัก', 'กรอกให้ครบ 13 หลัก และตั้งรูปแบบช่องเป็นข้อความ เพื่อไม่ให้เลข 0 ตัวหน้าหาย'],
    en: [
      'The national id does not have 13 digits',
      'Write all 13 digits, in a cell formatted as text so that a leading 0 stays.',
    ],
  },
  nationalIdScientific: {
    th: [
      'โปรแกรมตารางคำนวณแปลงเลขประจำตัวประชาชนเป็นเลขยกกำลัง เลขบางหลักจึงหายไป',
      'คัดลอกเลขจากไฟล์ต้นฉบับ และตั้งรูปแบบคอลัมน์เป็นข้อความก่อนบันทึก',
    ],
    en: [
      'The spreadsheet turned the national id into scientific notation, and digits were lost',
      'Copy the ids from the original file, with the column formatted as text before saving.',
    ],
  },
  nationalIdPractice: {
    th: ['เลขประจำตัวที่ขึ้นต้นด้วย 9 เป็นเลขสำหรับฝึกหัด ไม่ใช่เลขของบุคคลจริง', 'ใช้ไฟล์นี้ในระบบฝึกหัด หรือแก้เป็นเลขจริงของบุคคลนั้น'],
    en: [
      'A national id that begins with 9 is for practice; no real person has it',
      'Use this file in a practice registry, or put the real id.',
    ],
  },
  nationalIdMissing: {
    th: ['ไม่มีเลขประจำตัวประชาชน', 'นำเข้าได้ หากภายหลังทราบเลข ให้เพิ่มในหน้าของครัวเรือน'],
    en: ['There is no national id', 'The row can be imported. Add the id on the household’s page when it is known.'],
  },
  nationalIdInText: {
    th: ['มีเลขประจำตัวประชาชนอยู่ในข้อความ ระบบจึงปิดบังเลขไว้', 'นำเข้าได้ หากเป็นเลขของคนในครัวเรือน ให้ใส่ในช่องเลขประจำตัวประชาชน'],
    en: [
      'A national id stands in a text, so it was masked there',
      'The row can be imported. If the id is of somebody of the household, put it into the column for national ids.',
    ],
  },
  houseCodeFormat: {
    th: ['รหัสประจำบ้านไม่ครบ 11 หลัก จึงไม่นำเข้ารหัสนี้', 'นำเข้าครัวเรือนได้ ตรวจสอบรหัสกับทะเบียนบ้านเมื่อลงพื้นที่'],
    en: [
      'The house code does not have 11 digits, so the code is left out',
      'The household can be imported. Compare the code with the house register at the next visit.',
    ],
  },
  houseCodeScientific: {
    th: [
      'โปรแกรมตารางคำนวณแปลงรหัสประจำบ้านเป็นเลขยกกำลัง เลขบางหลักจึงหายไป',
      'คัดลอกรหัสจากไฟล์ต้นฉบับ และตั้งรูปแบบคอลัมน์เป็นข้อความก่อนบันทึก',
    ],
    en: [
      'The spreadsheet turned the house code into scientific notation, and digits were lost',
      'Copy the codes from the original file, with the column formatted as text before saving.',
    ],
  },
  houseNumberWasDate: {
    th: ['โปรแกรมตารางคำนวณแปลงบ้านเลขที่เป็นวันที่ ระบบแปลงกลับให้แล้ว', 'ตรวจสอบว่าบ้านเลขที่ถูกต้อง'],
    en: [
      'The spreadsheet had turned the house number into a date; it was turned back',
      'Check that the house number is right.',
    ],
  },
  dateUnreadable: {
    th: ['อ่านวันที่ไม่ได้ หรือไม่มีวันที่นี้ในปฏิทิน', 'เขียนเป็นวัน/เดือน/ปี พ.ศ. สี่หลัก เช่น 12/05/2505 หากทราบเฉพาะปี ให้ใส่ปีอย่างเดียว'],
    en: [
      'The date cannot be read, or no calendar has it',
      'Write day/month/four-digit year, such as 12/05/2505; when only the year is known, write the year alone.',
    ],
  },
  dateAmbiguousYear: {
    th: ['ปีมีเพียงสองหลัก จึงไม่ทราบว่าเป็นปีใด', 'เขียนปีให้ครบสี่หลัก เช่น 2505'],
    en: [
      'The year has only two digits, so it can be more than one year',
      'Write the year with four digits, such as 2505.',
    ],
  },
  dateInFuture: {
    th: ['วันที่อยู่ในอนาคต', 'ตรวจสอบว่าเป็นปี พ.ศ. หรือ ค.ศ. แล้วแก้ให้ถูกต้อง'],
    en: ['The date is in the future', 'Check whether the year is Buddhist or common era, and correct it.'],
  },
  dateWasBuddhistYear: {
    th: ['ไฟล์เก็บปี พ.ศ. ไว้ในช่องที่เป็นวันที่แบบ ค.ศ. ระบบแปลงให้แล้ว', 'ตรวจสอบว่าวันที่ถูกต้อง'],
    en: ['A Buddhist year stood in a date of the common era; it was converted', 'Check that the date is right.'],
  },
  areaUnknown: {
    th: ['ไม่พบพื้นที่นี้ในรหัสพื้นที่ของกรมการปกครอง', 'ตรวจสอบชื่อหรือรหัสของตำบล อำเภอ และจังหวัด'],
    en: [
      'This area is not among the official area codes',
      'Check the name or code of the subdistrict, district and province.',
    ],
  },
  areaEnded: {
    th: ['รหัสพื้นที่นี้เลิกใช้ไปก่อนวันที่ของบัญชีแล้ว', 'ใช้รหัสที่ใช้แทน หรือตรวจสอบว่าวันที่ของบัญชีถูกต้อง'],
    en: [
      'This area code ended before the day of the list',
      'Use the code that took its place, or check that the day of the list is right.',
    ],
  },
  areaNotYet: {
    th: ['รหัสพื้นที่นี้เริ่มใช้หลังวันที่ของบัญชี', 'ตรวจสอบว่าวันที่ของบัญชีถูกต้อง หรือใช้รหัสที่ใช้ในวันนั้น'],
    en: [
      'This area code began after the day of the list',
      'Check that the day of the list is right, or use the code of that day.',
    ],
  },
  areaAmbiguous: {
    th: ['มีพื้นที่ชื่อนี้มากกว่าหนึ่งแห่ง', 'ระบุอำเภอและจังหวัด หรือใส่รหัสตำบล 6 หลัก'],
    en: ['More than one area has this name', 'Name the district and province, or give the 6-digit subdistrict code.'],
  },
  areaNameDiffersFromCode: {
    th: ['ชื่อพื้นที่ไม่ตรงกับรหัส ระบบใช้ตามรหัส', 'ตรวจสอบว่ารหัสถูกต้อง'],
    en: ['The name of the area does not agree with its code; the code was used', 'Check that the code is right.'],
  },
  areaOutsidePermission: {
    th: ['พื้นที่นี้อยู่นอกเขตรับผิดชอบของท่าน', 'ส่งแถวนี้ให้ศูนย์ของพื้นที่นั้นนำเข้า'],
    en: ['This area is outside your responsibility', 'Send this row to the centre of that area.'],
  },
  villageUnknown: {
    th: ['ไม่ทราบหมู่ที่ จึงบันทึกไว้ที่ระดับตำบล', 'นำเข้าได้ เพิ่มหมู่ที่ในหน้าของครัวเรือนเมื่อทราบ'],
    en: [
      'The village number is not known; the household is kept at its subdistrict',
      'The row can be imported. Add the village on the household’s page when it is known.',
    ],
  },
  mooUnreadable: {
    th: ['อ่านหมู่ที่ไม่ได้', 'เขียนเป็นตัวเลข 1 ถึง 99 หรือเว้นว่างถ้าไม่ทราบ'],
    en: ['The village number cannot be read', 'Write a number from 1 to 99, or leave the cell empty.'],
  },
  numberUnreadable: {
    th: ['อ่านตัวเลขไม่ได้ หรือค่าเกินช่วงที่เป็นไปได้', 'เขียนเป็นตัวเลขเท่านั้น หรือเว้นว่างถ้าไม่ทราบ'],
    en: ['The number cannot be read, or lies outside what is possible', 'Write digits only, or leave the cell empty.'],
  },
  coordinateUnreadable: {
    th: ['พิกัดไม่ครบหรืออยู่นอกประเทศไทย จึงไม่นำเข้าพิกัด', 'นำเข้าครัวเรือนได้ บันทึกพิกัดใหม่เมื่อลงพื้นที่'],
    en: [
      'The coordinates are incomplete or outside Thailand, so they are left out',
      'The household can be imported. Record its position at the next visit.',
    ],
  },
  textTooLong: {
    th: ['ข้อความยาวเกินช่องที่เก็บได้', 'ย่อข้อความ หรือย้ายส่วนที่เหลือไปไว้ในหมายเหตุ'],
    en: ['The text is longer than its field can hold', 'Shorten it, or move the rest to the note.'],
  },
  sexUnreadable: {
    th: ['อ่านเพศไม่ได้', 'เขียนว่า ชาย หรือ หญิง นำเข้าได้โดยไม่มีข้อมูลนี้'],
    en: ['The sex cannot be read', 'Write male or female (ชาย, หญิง). The row can be imported without it.'],
  },
  sexDiffersFromTitle: {
    th: ['เพศไม่ตรงกับคำนำหน้าชื่อ ระบบใช้ตามช่องเพศ', 'ตรวจสอบว่าข้อมูลใดถูกต้อง'],
    en: ['The sex does not agree with the title; the sex column was used', 'Check which of the two is right.'],
  },
  phoneUnreadable: {
    th: ['หมายเลขโทรศัพท์ไม่ถูกต้อง จึงไม่นำเข้าหมายเลขนี้', 'นำเข้าได้ เพิ่มหมายเลขในหน้าของครัวเรือนเมื่อทราบ'],
    en: [
      'The telephone number is not one, so it is left out',
      'The row can be imported. Add the number on the household’s page when it is known.',
    ],
  },
  encodingDamaged: {
    th: ['ตัวอักษรเสียหาย ไฟล์อาจถูกบันทึกด้วยรหัสภาษาที่ไม่ถูกต้อง', 'เปิดไฟล์ต้นฉบับแล้วบันทึกเป็น .xlsx หรือ CSV แบบ UTF-8 ใหม่'],
    en: [
      'Characters are damaged; the file may have been saved in the wrong encoding',
      'Open the original and save it again as .xlsx or as CSV in UTF-8.',
    ],
  },
  nameMissing: {
    th: ['มีข้อมูลบุคคลแต่ไม่มีชื่อ', 'กรอกชื่อของบุคคลนี้ แล้วนำเข้าใหม่'],
    en: ['There is a person here without a name', 'Fill in the person’s name and import again.'],
  },
}
