/** `kaejon --help`, and one text for each command. */

interface Help {
  usage: string
  th: string
  en: string
  options?: readonly (readonly [option: string, th: string, en: string])[]
  examples: readonly string[]
}

export const help = {
  start: {
    usage: 'kaejon start',
    th: 'เริ่มเซิร์ฟเวอร์ หน้าแรกของระบบที่ว่างเปล่าจะสร้างผู้ดูแลคนแรก',
    en: 'Starts the server. On an empty registry the first page makes the first administrator.',
    examples: ['npx kaejon start', 'KAEJON_PORT=8080 KAEJON_DATA=/srv/registry npx kaejon start'],
  },
  import: {
    usage:
      'kaejon import FILE --list CODE [--area CODE] [--sheet NAME] [--list-date DAY] [--dry-run] [--as USERNAME] [--yes]',
    th: 'นำเข้าบัญชีรายชื่อจากไฟล์ .xlsx .xls .ods หรือ .csv: ตรวจ เทียบกับทะเบียน แล้วบันทึกทุกแถวที่ไม่ต้องรอผู้ตัดสิน หยุดกลางคันได้ สั่งซ้ำเพื่อทำต่อ',
    en: 'Brings in a list from an .xlsx, .xls, .ods or .csv file: checks it, compares it with the registry, and stores every row that needs nobody to decide. It may be stopped and run again to go on.',
    options: [
      ['--list CODE', 'รหัสบัญชี เช่น tpmap-2565', 'code of the list, such as tpmap-2565'],
      [
        '--area CODE',
        'พื้นที่ที่ไฟล์กล่าวถึง เช่น 31; แถวนอกพื้นที่จะไม่นำเข้า',
        'area that the file speaks of, such as 31; rows outside are refused',
      ],
      [
        '--sheet NAME',
        'แผ่นงาน หากไม่ระบุจะเลือกแผ่นที่หัวตารางชัดที่สุด',
        'sheet; the one with the clearest headings when left out',
      ],
      ['--list-date DAY', 'วันที่ของบัญชี ปีคริสต์ศักราช 2022-09-30', 'day of the list, common era, as 2022-09-30'],
      ['--dry-run', 'ตรวจทุกแถวแต่ไม่บันทึก', 'judges every row and stores nothing'],
      [
        '--as USERNAME',
        'ทำในนามของผู้ใช้ ตามสิทธิของผู้ใช้นั้น',
        'in the name and with the rights of a person; the operator of the machine when left out',
      ],
      ['--yes', 'ทำต่อแม้แถวที่ผิดหรือซ้ำมากผิดปกติ', 'goes on although unusually many rows are wrong or repeated'],
    ],
    examples: [
      'npx kaejon import TPMAP.xlsx --list tpmap-2565 --area 31 --dry-run',
      'npx kaejon import ThaiQM.csv --list thaiqm-2 --area 31 --as somchai',
    ],
  },
  verify: {
    usage: 'kaejon verify [--deep]',
    th: 'นับทุกตัวเลขใหม่จากข้อมูลต้นทางแล้วเทียบกับที่เก็บไว้ ควรสั่งเมื่อไม่มีผู้ใช้งาน',
    en: 'Recounts every figure from the records and compares it with what is stored. Best while nobody works.',
    options: [
      [
        '--deep',
        'ไล่บันทึกของแต่ละครัวเรือนทีละรายการตามลำดับที่บันทึก แล้วเทียบกับประวัติที่ใช้นับวันย้อนหลัง ใช้เวลานานกว่า; บอกจำนวนครัวเรือนที่ไล่ไม่ได้พร้อมเหตุผล',
        "also replays every household's entries one by one as they were recorded and compares the history that past days are counted from; takes longer, and says how many households cannot be replayed and why",
      ],
    ],
    examples: ['npx kaejon verify', 'npx kaejon verify --deep'],
  },
  account: {
    usage: 'kaejon account list | kaejon account NAME --reset-second-factor',
    th: 'แสดงบัญชีผู้ใช้ หรือล้างการยืนยันตัวตนขั้นที่สองของผู้ที่เข้าระบบไม่ได้ เช่น โทรศัพท์หาย',
    en: 'Lists the accounts, or takes the second factor off one whose owner is locked out, say by a lost phone.',
    options: [
      [
        '--reset-second-factor',
        'ล้างการยืนยันตัวตนขั้นที่สอง และให้ออกจากระบบทุกเครื่อง',
        'takes it off, and signs the person out everywhere',
      ],
    ],
    examples: ['npx kaejon account list', 'npx kaejon account somchai --reset-second-factor'],
  },
  keys: {
    usage: 'kaejon keys rotate [--yes] [--as USERNAME]',
    th: 'สร้างกุญแจใหม่และเข้ารหัสเลขประจำตัวประชาชนทั้งหมดใหม่ หยุดกลางคันได้ สั่งซ้ำเพื่อทำต่อ กุญแจเดิมยังต้องเก็บไว้',
    en: 'Makes a new key and encrypts every national id anew. It may be stopped and run again to go on. Old keys must be kept.',
    options: [['--yes', 'ยืนยันว่าหยุดเซิร์ฟเวอร์ทุกตัวแล้ว (PostgreSQL)', 'every server is stopped (PostgreSQL)']],
    examples: ['npx kaejon keys rotate'],
  },
  practice: {
    usage: 'kaejon practice --mark | --households FILE | --record FILE',
    th: 'ทำเครื่องหมายว่าทะเบียนที่ว่างเปล่านี้ใช้ฝึกหัดเท่านั้น ทุกหน้าจะแสดงไว้ และถอนไม่ได้ จากนั้นบันทึกสมุดบันทึกสมมติหนึ่งปีได้',
    en: 'Marks an empty registry as practice only: every page says so, and it cannot be taken back. Such a registry can be given a made-up year of logbooks.',
    options: [
      ['--households FILE', 'เขียนครัวเรือนฝึกหัดลงไฟล์', 'write the practice households to a file'],
      ['--record FILE', 'บันทึกหนึ่งปีที่สร้างไว้ในไฟล์', 'record the year that was made up in a file'],
    ],
    examples: ['KAEJON_DATA=./practice npx kaejon practice --mark'],
  },
  backup: {
    usage: 'kaejon backup',
    th: 'บอกว่าต้องสำรองอะไรและอย่างไร',
    en: 'Tells what to back up and how.',
    examples: ['npx kaejon backup'],
  },
} as const satisfies Record<string, Help>

export type CommandName = keyof typeof help

/** All commands, or one. */
export function helpText(command: CommandName | null = null): string {
  const names = command ? [command] : (Object.keys(help) as CommandName[])
  const parts = names.map((name) => sectionOf(help[name]))
  if (command) return parts.join('\n')
  return `แก้จน Kaejon: ทะเบียนครัวเรือนและสมุดบันทึกการแก้จน · the open household logbook for ending poverty

${parts.join('\n')}
ค่าที่ตั้งได้ · Settings (environment)
  KAEJON_DATA      โฟลเดอร์ข้อมูล · data folder (./kaejon-data)
  DATABASE_URL     ฐานข้อมูล PostgreSQL หากไม่ใช้ฐานข้อมูลในตัว · PostgreSQL instead of the embedded database
  KAEJON_PORT      พอร์ต · port (3000)

รหัสออก · Exit codes
  0 สำเร็จ done   1 มีปัญหา problem   2 คำสั่งไม่ถูกต้อง usage   3 ต้องมีผู้ตัดสิน needs a decision
  4 หยุดไว้กลางทาง สั่งซ้ำเพื่อทำต่อ stopped; run it again to go on
`
}

function sectionOf({ usage, th, en, options = [], examples }: Help): string {
  return [
    usage,
    `    ${th}`,
    `    ${en}`,
    ...options.flatMap(([option, thai, english]) => [`      ${option}`, `          ${thai}`, `          ${english}`]),
    ...examples.map((example) => `    $ ${example}`),
    '',
  ].join('\n')
}

export const backupText = `สำรองข้อมูลสองส่วน และเก็บแยกกัน · Back up two things, and keep them apart:

1. ข้อมูล · the data
   ฐานข้อมูลในตัว: หยุดเซิร์ฟเวอร์ แล้วคัดลอกโฟลเดอร์ KAEJON_DATA ทั้งโฟลเดอร์
   Embedded database: stop the server, then copy the whole KAEJON_DATA folder.
   PostgreSQL: pg_dump -Fc "$DATABASE_URL" > kaejon.dump และโฟลเดอร์ uploads กับ photos ใน KAEJON_DATA
   · and the folders uploads and photos of KAEJON_DATA.

2. กุญแจ · the keys
   ไฟล์ KAEJON_DATA/keys หรือค่า KAEJON_KEYS หากสูญหายจะอ่านเลขประจำตัวประชาชนไม่ได้อีกเลย
   The file KAEJON_DATA/keys, or KAEJON_KEYS. Without it no national id can ever be read again.
   ผู้ที่ได้ทั้งข้อมูลและกุญแจจะอ่านได้ทุกอย่าง · Whoever has both can read everything.
`
