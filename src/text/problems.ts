/** The sentences of every problem: what happened, and what to do next. A problem without them does not compile. */
import type { ProblemName } from '../domain/problem.ts'
import type { Locale } from './locale.ts'

export interface ProblemSentences {
  what: string
  next: string
}

/** What a person is told; a problem of a newer server than this page is "unexpected". The number of the problem stands beside it, for telephone help. */
export function problemSentences(
  problem: string,
  details: Readonly<Record<string, unknown>>,
  locale: Locale,
): ProblemSentences {
  const [what, next] = sentences[isKnown(problem) ? problem : 'unexpected'][locale]
  return { what, next: withFacts(next, details, locale) }
}

const sentences: Record<ProblemName | 'noAnswer', Record<Locale, readonly [what: string, next: string]>> = {
  // Only the browser can see that no answer came.
  noAnswer: {
    th: ['ติดต่อระบบไม่ได้', 'ตรวจสอบอินเทอร์เน็ต แล้วลองอีกครั้ง สิ่งที่ท่านพิมพ์ยังอยู่'],
    en: ['The system cannot be reached', 'Check the internet connection and try again. What you typed is still here.'],
  },
  malformedInput: {
    th: ['ระบบอ่านข้อมูลที่ส่งมาไม่ได้', 'เปิดหน้านี้ใหม่แล้วลองอีกครั้ง หากยังไม่ได้ โปรดแจ้งผู้ดูแลระบบพร้อมรหัสนี้'],
    en: [
      'The data that was sent cannot be read',
      'Open this page again and retry. If it still fails, give this code to your administrator.',
    ],
  },
  unknownFileFormat: {
    th: ['ระบบไม่รู้จักรูปแบบของไฟล์นี้', 'บันทึกไฟล์เป็น .xlsx, .xls, .ods หรือ .csv แล้วส่งใหม่'],
    en: ['The format of this file is not known', 'Save the file as .xlsx, .xls, .ods or .csv and send it again.'],
  },
  hostileFile: {
    th: ['ไฟล์นี้มีลักษณะที่อาจเป็นอันตราย ระบบจึงไม่เปิดอ่าน', 'เปิดไฟล์ด้วยโปรแกรมตารางคำนวณ บันทึกเป็นไฟล์ .xlsx ใหม่ แล้วส่งอีกครั้ง'],
    en: [
      'This file looks unsafe, so it was not opened',
      'Open it in a spreadsheet program, save it as a new .xlsx file and send that.',
    ],
  },
  truncatedFile: {
    th: ['ไฟล์ไม่ครบ อาจขาดหายระหว่างคัดลอกหรือดาวน์โหลด', 'ขอไฟล์ต้นฉบับอีกครั้ง ตรวจสอบว่าเปิดได้ แล้วส่งใหม่'],
    en: [
      'The file is incomplete; part of it was lost in copying or downloading',
      'Get the original again, check that it opens, and send it again.',
    ],
  },
  emptyFile: {
    th: ['ไม่พบข้อมูลในไฟล์นี้', 'ตรวจสอบว่าเลือกไฟล์ถูกต้อง และมีข้อมูลอย่างน้อยหนึ่งแถวใต้หัวตาราง'],
    en: [
      'There is no data in this file',
      'Check that it is the right file and has at least one row below its headings.',
    ],
  },
  passwordProtectedFile: {
    th: ['ไฟล์นี้มีรหัสผ่านป้องกัน', 'เปิดไฟล์ นำรหัสผ่านออก บันทึก แล้วส่งใหม่'],
    en: ['This file is protected by a password', 'Open it, remove the password, save it, and send it again.'],
  },
  uploadOutOfOrder: {
    th: ['ไฟล์ที่ส่งมาไม่ต่อเนื่องกับส่วนก่อนหน้า', 'กดส่งต่อ ระบบจะเริ่มจากส่วนที่ได้รับแล้ว'],
    en: [
      'The part that was sent does not follow the one before',
      'Press continue; sending resumes from what has arrived.',
    ],
  },
  uploadChecksumMismatch: {
    th: ['ไฟล์ที่ได้รับไม่ตรงกับไฟล์ในเครื่องของท่าน', 'ส่งไฟล์ใหม่ตั้งแต่ต้น'],
    en: ['The file that arrived differs from the one on your device', 'Send the file again from the start.'],
  },
  sheetNotFound: {
    th: ['ไม่พบแผ่นงานที่เลือกในไฟล์นี้', 'เลือกแผ่นงานอีกครั้ง'],
    en: ['The chosen sheet is not in this file', 'Choose the sheet again.'],
  },
  mappingIncomplete: {
    th: ['ยังจับคู่คอลัมน์ไม่ครบ', 'เลือกคอลัมน์ของข้อมูลที่จำเป็นให้ครบ แล้วทำต่อ'],
    en: ['Some columns are not matched yet', 'Choose a column for each piece of data that is needed, then go on.'],
  },
  signInRequired: {
    th: ['ท่านยังไม่ได้เข้าสู่ระบบ หรือหมดเวลาใช้งานแล้ว', 'เข้าสู่ระบบอีกครั้งเพื่อทำต่อ'],
    en: ['You are not signed in, or your session has ended', 'Sign in again to go on.'],
  },
  signInRefused: {
    th: ['ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง', 'ตรวจสอบแป้นพิมพ์ภาษาและปุ่ม Caps Lock แล้วลองอีกครั้ง'],
    en: ['The user name or password is not right', 'Check the keyboard language and Caps Lock, and try again.'],
  },
  secondFactorRequired: {
    th: ['ต้องยืนยันตัวตนขั้นที่สอง', 'กรอกรหัส 6 หลักจากแอปยืนยันตัวตนของท่าน'],
    en: ['A second proof of identity is needed', 'Enter the 6-digit code from your authenticator app.'],
  },
  secondFactorRefused: {
    th: ['รหัสยืนยันไม่ถูกต้องหรือหมดอายุแล้ว', 'กรอกรหัสชุดล่าสุดจากแอป และตรวจสอบว่าเวลาในเครื่องตรง'],
    en: ['The code is wrong or has expired', 'Enter the newest code from the app, and check the clock of your device.'],
  },
  oneTimePasswordOver: {
    th: ['รหัสผ่านใช้ครั้งเดียวนี้หมดอายุแล้ว', 'ขอรหัสผ่านใหม่จากผู้ที่สร้างบัญชีให้ท่าน'],
    en: ['This one-time password has run out', 'Ask the person who made your account for a new one.'],
  },
  codeUsedBefore: {
    th: ['รหัสยืนยันชุดนี้ใช้ไปแล้ว', 'รอไม่เกิน 30 วินาที แล้วกรอกรหัสชุดใหม่จากแอป'],
    en: ['This code has been used already', 'Wait up to 30 seconds and enter the next code of the app.'],
  },
  notPermitted: {
    th: ['ท่านไม่มีสิทธิทำสิ่งนี้ในพื้นที่นี้', 'หากเป็นงานของท่าน โปรดขอให้ผู้ดูแลระบบของศูนย์เพิ่มสิทธิ'],
    en: [
      'You may not do this in this area',
      'If it is your work, ask the administrator of your centre for the right to do it.',
    ],
  },
  secondFactorMustBeSet: {
    th: ['บัญชีนี้ต้องเปิดใช้การยืนยันตัวตนขั้นที่สองก่อน', 'ไปที่ “บัญชีของฉัน” แล้วตั้งการยืนยันตัวตนขั้นที่สอง'],
    en: ['This account must set up a second proof of identity first', 'Go to “My account” and set it up.'],
  },
  crossSiteRequest: {
    th: ['คำขอนี้มาจากเว็บไซต์อื่น ระบบจึงไม่ดำเนินการ', 'เปิดระบบจากที่อยู่ปกติของท่าน แล้วลองอีกครั้ง'],
    en: [
      'This request came from another site, so nothing was done',
      'Open the program at its usual address and try again.',
    ],
  },
  notFound: {
    th: ['ไม่พบข้อมูลนี้ หรืออยู่นอกพื้นที่ที่ท่านดูได้', 'กลับไปที่รายการแล้วค้นหาอีกครั้ง'],
    en: ['This does not exist, or lies outside the area you may see', 'Go back to the list and search again.'],
  },
  routeNotFound: {
    th: ['ไม่พบหน้าที่ขอ', 'ตรวจสอบที่อยู่ หรือกลับไปหน้าแรก'],
    en: ['There is no such page', 'Check the address, or go to the first page.'],
  },
  conflictingEdit: {
    th: ['มีผู้อื่นแก้ไขข้อมูลนี้ก่อนท่านบันทึก', 'ดูค่าล่าสุดเทียบกับที่ท่านแก้ แล้วบันทึกอีกครั้ง สิ่งที่ท่านพิมพ์ยังอยู่'],
    en: [
      'Somebody changed this before you saved',
      'Compare the newest values with yours and save again. What you typed is still here.',
    ],
  },
  alreadySetUp: {
    th: ['ระบบนี้ตั้งค่าเริ่มต้นไว้แล้ว', 'เข้าสู่ระบบด้วยบัญชีของท่าน'],
    en: ['This system has already been set up', 'Sign in with your account.'],
  },
  alreadyExists: {
    th: ['มีรายการนี้อยู่แล้ว', 'ใช้รายการเดิม หรือเปลี่ยนชื่อหรือรหัสให้ต่างออกไป'],
    en: ['This already exists', 'Use the existing one, or choose another name or code.'],
  },
  wrongState: {
    th: ['ทำขั้นตอนนี้ไม่ได้ในสถานะปัจจุบัน', 'เปิดหน้านี้ใหม่เพื่อดูสถานะล่าสุด แล้วทำตามขั้นตอนที่แสดง'],
    en: [
      'This step is not possible in the present state',
      'Open the page again to see the newest state, and follow the step it shows.',
    ],
  },
  alreadyHere: {
    th: ['ครัวเรือนนี้อยู่ในทะเบียนแล้ว', 'เปิดครัวเรือนที่มีอยู่ แล้วเพิ่มข้อมูลที่นั่น'],
    en: ['This household is already in the registry', 'Open the existing household and add what you know there.'],
  },
  standsElsewhere: {
    th: ['อาจมีครัวเรือนนี้อยู่ในพื้นที่อื่นแล้ว', 'โปรดติดต่อศูนย์ของพื้นที่นั้นเพื่อตรวจสอบก่อนบันทึก'],
    en: ['This household may already stand in another area', 'Please ask the centre of that area before you save.'],
  },
  importNeedsDecision: {
    th: ['ยังมีแถวที่รอตัดสิน', 'ตัดสินแถวที่ค้างอยู่ให้ครบ แล้วจึงนำเข้า'],
    en: ['Some rows still wait for a decision', 'Decide the waiting rows, then import.'],
  },
  importGuard: {
    th: ['ไฟล์นี้มีแถวที่ผิดหรือซ้ำมากผิดปกติ ระบบจึงหยุดไว้ก่อน', 'ตรวจสอบว่าเลือกไฟล์และจับคู่คอลัมน์ถูกต้อง หากถูกต้องแล้วจึงยืนยันให้ทำต่อ'],
    en: [
      'Unusually many rows of this file are wrong or repeated, so the import has stopped',
      'Check the file and the matched columns; if they are right, confirm to go on.',
    ],
  },
  importRunning: {
    th: ['รอบนำเข้านี้กำลังทำงานอยู่', 'รอให้เสร็จ หรือยกเลิกรอบที่กำลังทำงานก่อน'],
    en: ['This import is still running', 'Wait until it ends, or cancel it first.'],
  },
  lastAdministrator: {
    th: ['บัญชีนี้เป็นผู้ดูแลระบบคนสุดท้าย', 'แต่งตั้งผู้ดูแลระบบอีกคนก่อน แล้วจึงทำรายการนี้'],
    en: ['This account is the last administrator', 'Appoint another administrator first.'],
  },
  fileNotKept: {
    th: ['ระบบไม่ได้เก็บไฟล์ของรอบนำเข้านี้ไว้แล้ว', 'ส่งไฟล์เดิมอีกครั้งเป็นรอบใหม่ ครัวเรือนที่อยู่ในทะเบียนแล้วจะไม่เพิ่มซ้ำ'],
    en: [
      'The file of this import is not kept any more',
      'Send the same file again as a new import; households of the registry are not doubled.',
    ],
  },
  tooLarge: {
    th: ['ข้อมูลที่ส่งมาใหญ่เกินที่ระบบรับได้', 'แบ่งไฟล์เป็นส่วนย่อย เช่น แยกตามอำเภอ แล้วส่งทีละไฟล์'],
    en: [
      'What was sent is larger than the system accepts',
      'Split the file, for example by district, and send the parts one by one.',
    ],
  },
  invalidFacts: {
    th: ['ข้อมูลบางช่องยังไม่ถูกต้อง', 'แก้ไขช่องที่มีข้อความกำกับ แล้วบันทึกอีกครั้ง'],
    en: ['Some fields are not right yet', 'Correct the fields that are marked, and save again.'],
  },
  weakPassword: {
    th: ['รหัสผ่านนี้คาดเดาง่ายเกินไป', 'ใช้ข้อความยาวอย่างน้อย 12 ตัวอักษร ที่ไม่ใช่ชื่อ วันเกิด หรือคำที่ใช้กันทั่วไป'],
    en: [
      'This password is too easy to guess',
      'Use at least 12 characters that are not a name, a birthday or a common word.',
    ],
  },
  otherProvince: {
    th: ['ย้ายครัวเรือนข้ามจังหวัดยังทำไม่ได้', 'ขอให้ศูนย์ของจังหวัดปลายทางเพิ่มครัวเรือนนี้ แล้วถอนรายการของจังหวัดนี้'],
    en: [
      'A household cannot be moved to another province yet',
      'Ask the centre of that province to add the household, then withdraw it here.',
    ],
  },
  tooManyTries: {
    th: ['ลองหลายครั้งเกินไปในเวลาสั้น', 'รอสักครู่แล้วลองใหม่'],
    en: ['Too many tries in a short time', 'Wait a little and try again.'],
  },
  unexpected: {
    th: ['เกิดข้อขัดข้องในระบบ ข้อมูลที่บันทึกไว้แล้วไม่สูญหาย', 'ลองอีกครั้ง หากยังไม่ได้ โปรดแจ้งผู้ดูแลระบบพร้อมรหัสนี้'],
    en: [
      'Something went wrong in the system. What was saved is not lost.',
      'Try again. If it still fails, give this code to your administrator.',
    ],
  },
  databaseNotReady: {
    th: ['ฐานข้อมูลยังไม่พร้อมใช้งาน', 'รอสักครู่แล้วลองอีกครั้ง'],
    en: ['The database is not ready', 'Wait a little and try again.'],
  },
}

function isKnown(problem: string): problem is keyof typeof sentences {
  return Object.hasOwn(sentences, problem)
}

/** Adds the limits and waits that the server names; unknown details add nothing. */
function withFacts(next: string, details: Readonly<Record<string, unknown>>, locale: Locale): string {
  const wait = details['retryAfterSeconds'] ?? details['seconds']
  if (typeof wait !== 'number') return next
  return locale === 'th' ? `${next} (อีก ${Math.ceil(wait)} วินาที)` : `${next} (${Math.ceil(wait)} s)`
}
