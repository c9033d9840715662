/**
 * What troubles the made-up households, what they need, who helps with what, and what becomes of it: sentences as people
 * of the field write them. Items are codes of the catalogue (data/catalogue.tsv).
 */
import type { ContentOf, Dimension } from '../domain/logbook/entry.ts'

type Assistance = ContentOf<'assistance'>
type Giver = Assistance['givers'][number]

export interface Help {
  item: string | null
  what: readonly string[]
  givers: readonly Giver[]
  source: Assistance['source']
  /** Baht from, to, and the step between; null where nobody counts it in money. */
  value: readonly [from: number, to: number, step: number] | null
  /** Amount from, to, and the unit. */
  quantity?: readonly [from: number, to: number, unit: string]
}

export interface Trouble {
  dimension: Dimension
  /** Of the edition of 2565; null where none asks about it. */
  indicator: number | null
  /** Ages of a member that it can befall; null when it is the household's. */
  ages: readonly [from: number, to: number] | null
  /** How often, beside the others. */
  weight: number
  problem: readonly string[]
  need: readonly string[]
  solution: readonly string[]
  help: readonly Help[]
  solved: readonly string[]
  partly: readonly string[]
}

const agency = (name: string): Giver => ({ kind: 'agency', name })
const partner = (name: string): Giver => ({ kind: 'partner', name })
const community = (name: string): Giver => ({ kind: 'community', name })

export const troubles: readonly Trouble[] = [
  {
    dimension: 'living',
    indicator: 13,
    ages: null,
    weight: 15,
    problem: [
      'หลังคาสังกะสีผุ รั่วหลายจุด ฝนตกต้องย้ายที่นอน',
      'บ้านไม้ทรุด เสาผุสองต้น เกรงว่าจะล้ม',
      'ฝาบ้านเป็นสังกะสีเก่า ลมแรงแล้วเปิด',
      'พื้นบ้านผุ เดินแล้วยุบ ผู้สูงอายุเคยหกล้ม',
    ],
    need: ['ซ่อมหลังคาก่อนหน้าฝน', 'เปลี่ยนเสาและพื้นที่ผุ', 'วัสดุซ่อมบ้าน แรงงานในหมู่บ้านช่วยได้'],
    solution: [
      'อบต. สำรวจและประมาณราคา ช่างชุมชนช่วยกันซ่อม',
      'เสนอชื่อเข้าโครงการบ้านพอเพียง ระหว่างรอใช้ผ้าใบคลุม',
      'ขอวัสดุจากเหล่ากาชาด ชาวบ้านลงแรง',
    ],
    help: [
      {
        item: 'rural-house',
        what: ['ซ่อมหลังคาและฝาบ้าน', 'ซ่อมบ้านตามโครงการบ้านพอเพียง'],
        givers: [agency('พอช.'), agency('อบต.'), community('ช่างชุมชน')],
        source: 'fund',
        value: [15_000, 38_000, 500],
      },
      {
        item: 'elder-house',
        what: ['ปรับสภาพบ้านให้ผู้สูงอายุ'],
        givers: [agency('พมจ.'), agency('อบต.')],
        source: 'state',
        value: [20_000, 40_000, 1_000],
      },
      {
        item: 'red-cross-house',
        what: ['มอบวัสดุซ่อมบ้าน', 'สร้างบ้านให้ใหม่'],
        givers: [agency('เหล่ากาชาดจังหวัด'), partner('บริษัทประชารัฐรักสามัคคีจังหวัด')],
        source: 'donation',
        value: [30_000, 120_000, 5_000],
      },
    ],
    solved: ['ซ่อมเสร็จ ฝนตกแล้วไม่รั่ว', 'บ้านแข็งแรง อยู่ได้ทุกห้อง'],
    partly: ['ซ่อมหลังคาแล้ว พื้นยังรอวัสดุ', 'ซ่อมได้ครึ่งหลัง'],
  },
  {
    dimension: 'living',
    indicator: 14,
    ages: null,
    weight: 6,
    problem: ['ไม่มีส้วมที่ถูกสุขลักษณะ ใช้ส้วมบ้านญาติ', 'ห้องน้ำอยู่นอกบ้าน พื้นลื่น กลางคืนไม่มีไฟ'],
    need: ['ส้วมหนึ่งห้อง', 'ราวจับและพื้นกันลื่น'],
    solution: ['อบต. จัดวัสดุ ครอบครัวขุดบ่อเอง', 'ทีมพี่เลี้ยงชวนจิตอาสาสร้างในวันหยุด'],
    help: [
      {
        item: 'local-relief',
        what: ['มอบโถส้วมและวัสดุก่อสร้าง', 'สร้างห้องน้ำ'],
        givers: [agency('อบต.'), community('จิตอาสาหมู่บ้าน')],
        source: 'local',
        value: [3_500, 15_000, 500],
      },
    ],
    solved: ['มีส้วมใช้แล้ว', 'ห้องน้ำใช้ได้ ผู้สูงอายุเข้าเองได้'],
    partly: ['ขุดบ่อแล้ว รอหลังคา'],
  },
  {
    dimension: 'living',
    indicator: 18,
    ages: null,
    weight: 7,
    problem: ['น้ำประปาหมู่บ้านไหลไม่ถึงในหน้าแล้ง', 'ไม่มีภาชนะเก็บน้ำดื่ม ต้องซื้อน้ำทุกสัปดาห์', 'ใช้น้ำบ่อ สีขุ่น'],
    need: ['ถังเก็บน้ำ', 'ต่อท่อประปาเข้าบ้าน', 'เครื่องกรองน้ำของหมู่บ้าน'],
    solution: ['อบต. ต่อท่อเพิ่มและมอบถัง', 'รวมกลุ่มบ้านใกล้กันขอขยายเขตประปา'],
    help: [
      {
        item: 'water-supply',
        what: ['มอบถังเก็บน้ำ', 'ต่อท่อประปาเข้าบ้าน'],
        givers: [agency('อบต.')],
        source: 'local',
        value: [1_800, 6_500, 100],
        quantity: [1, 2, 'ถัง'],
      },
    ],
    solved: ['มีน้ำใช้ทั้งปี', 'น้ำไหลถึงบ้านแล้ว'],
    partly: ['มีถังแล้ว แต่หน้าแล้งน้ำยังน้อย'],
  },
  {
    dimension: 'income',
    indicator: 29,
    ages: null,
    weight: 20,
    problem: [
      'รายได้จากรับจ้างรายวันไม่แน่นอน บางเดือนไม่มีงาน',
      'ทำนาได้ปีละครั้ง ราคาข้าวตก เหลือไม่พอใช้',
      'มีรายได้ทางเดียวจากเบี้ยยังชีพ',
      'ขายของเล็กน้อยหน้าบ้าน กำไรวันละไม่ถึงร้อยบาท',
    ],
    need: ['อาชีพเสริมที่ทำที่บ้านได้', 'พันธุ์ผักและไก่ไข่', 'ทุนเริ่มต้นค้าขาย', 'งานรับจ้างใกล้บ้าน'],
    solution: [
      'ปลูกผักสวนครัวและเลี้ยงไก่ไข่ ขายที่ตลาดชุมชน',
      'เข้ากลุ่มสัมมาชีพชุมชน ฝึกทำขนมและจักสาน',
      'เกษตรอำเภอช่วยวางแผนปลูกพืชหลังนา',
      'รวมกับเพื่อนบ้านรับงานจักสานส่งร้าน',
    ],
    help: [
      {
        item: 'community-work',
        what: ['ฝึกอาชีพสัมมาชีพชุมชน', 'มอบอุปกรณ์ประกอบอาชีพ'],
        givers: [agency('พัฒนาการอำเภอ')],
        source: 'state',
        value: [1_500, 8_000, 500],
      },
      {
        item: 'farm-support',
        what: ['มอบพันธุ์ผักและปุ๋ย', 'มอบไก่ไข่พร้อมอาหาร', 'มอบพันธุ์ปลาและสอนเลี้ยงในกระชัง'],
        givers: [agency('เกษตรอำเภอ'), agency('ปศุสัตว์อำเภอ')],
        source: 'state',
        value: [800, 4_500, 100],
        quantity: [5, 30, 'ตัว'],
      },
      {
        item: 'low-income-family',
        what: ['เงินสงเคราะห์ครอบครัวผู้มีรายได้น้อย'],
        givers: [agency('พมจ.')],
        source: 'state',
        value: [2_000, 2_000, 1_000],
      },
    ],
    solved: ['มีรายได้จากไข่และผักทุกสัปดาห์', 'มีงานสม่ำเสมอ พอใช้จ่าย', 'ขายของได้กำไร เริ่มเก็บออม'],
    partly: ['เริ่มมีรายได้เสริม แต่ยังไม่พอ', 'ไก่เพิ่งเริ่มไข่'],
  },
  {
    dimension: 'income',
    indicator: 27,
    ages: [18, 59],
    weight: 13,
    problem: ['ว่างงานตั้งแต่โรงงานลดคน', 'อยากทำงานแต่ต้องดูแลแม่ป่วย ไปไกลไม่ได้', 'รับจ้างตัดอ้อยปีละสี่เดือน ที่เหลือไม่มีงาน'],
    need: ['ฝึกอาชีพช่าง', 'งานที่กลับบ้านได้ทุกวัน', 'เครื่องมือทำมาหากิน'],
    solution: ['ส่งฝึกกับพัฒนาฝีมือแรงงาน แล้วรับงานในตำบล', 'จัดหางานจังหวัดหางานใกล้บ้าน', 'เริ่มรับซ่อมรถที่บ้าน ใช้เครื่องมือที่ขอรับ'],
    help: [
      {
        item: 'work-training',
        what: ['ฝึกอาชีพช่างไฟฟ้า', 'ฝึกอาชีพช่างปูน', 'ฝึกอาชีพตัดผม'],
        givers: [agency('พัฒนาฝีมือแรงงานจังหวัด')],
        source: 'state',
        value: [2_400, 4_800, 300],
        quantity: [3, 10, 'วัน'],
      },
      {
        item: 'job-placement',
        what: ['พาสมัครงานและได้ทำงาน', 'จ้างงานเร่งด่วนในตำบล'],
        givers: [agency('จัดหางานจังหวัด'), agency('อบต.')],
        source: 'state',
        value: null,
      },
    ],
    solved: ['ได้งานประจำแล้ว', 'รับงานช่างได้เดือนละหลายครั้ง'],
    partly: ['ฝึกจบแล้ว ยังรองาน'],
  },
  {
    dimension: 'income',
    indicator: null,
    ages: null,
    weight: 7,
    problem: ['เป็นหนี้นอกระบบ ดอกเบี้ยรายวัน', 'หนี้ ธ.ก.ส. ค้างชำระสองปี', 'กู้ยืมเพื่อรักษาลูก ผ่อนไม่ไหว'],
    need: ['ไกล่เกลี่ยหนี้', 'ความรู้เรื่องบัญชีครัวเรือน'],
    solution: ['ศูนย์ดำรงธรรมอำเภอเชิญเจ้าหนี้ไกล่เกลี่ย', 'ธ.ก.ส. ปรับโครงสร้างหนี้ และทำบัญชีครัวเรือน'],
    help: [
      {
        item: 'debt-mediation',
        what: ['ไกล่เกลี่ยหนี้นอกระบบ', 'ปรับโครงสร้างหนี้'],
        givers: [agency('ศูนย์ดำรงธรรมอำเภอ'), agency('ธ.ก.ส.')],
        source: null,
        value: null,
      },
    ],
    solved: ['ทำสัญญาใหม่ ผ่อนไหวแล้ว', 'ปลดหนี้นอกระบบได้'],
    partly: ['ลดดอกเบี้ยได้ เงินต้นยังเหลือ'],
  },
  {
    dimension: 'income',
    indicator: 28,
    ages: [60, 110],
    weight: 10,
    problem: ['ผู้สูงอายุอยู่ลำพัง ไม่มีรายได้อื่นนอกจากเบี้ย', 'ยายเลี้ยงหลานสองคน ลูกไม่ส่งเงิน'],
    need: ['เครื่องอุปโภคบริโภค', 'เงินช่วยเหลือยามลำบาก', 'งานเบาที่ทำที่บ้านได้'],
    solution: ['พมจ. พิจารณาเงินช่วยเหลือ อสม. เยี่ยมทุกเดือน', 'เพื่อนบ้านแบ่งงานจักสานให้ทำ'],
    help: [
      {
        item: 'elder-hardship',
        what: ['เงินช่วยเหลือผู้สูงอายุในภาวะยากลำบาก'],
        givers: [agency('พมจ.')],
        source: 'state',
        value: [3_000, 3_000, 1_000],
      },
      {
        item: null,
        what: ['มอบถุงยังชีพ', 'มอบข้าวสารและของใช้'],
        givers: [agency('เหล่ากาชาดจังหวัด'), community('วัดในหมู่บ้าน'), partner('ร้านค้าในตลาด')],
        source: 'donation',
        value: [500, 1_200, 100],
        quantity: [1, 2, 'ถุง'],
      },
    ],
    solved: ['มีคนดูแลและมีรายได้พอกินอยู่', 'ลูกกลับมาช่วยส่งเงินแล้ว'],
    partly: ['ได้รับของใช้แล้ว ยังต้องดูแลต่อเนื่อง'],
  },
  {
    dimension: 'health',
    indicator: 12,
    ages: [35, 110],
    weight: 10,
    problem: ['เป็นเบาหวานและความดัน ขาดยาบ่อย', 'ไม่เคยตรวจสุขภาพ ปวดเข่าเดินลำบาก', 'ตามัว ทำงานไม่ได้'],
    need: ['รถรับส่งไปหาหมอ', 'ตรวจสุขภาพและรับยาต่อเนื่อง', 'แว่นตาหรือผ่าตัดต้อ'],
    solution: ['รพ.สต. นัดรับยาใกล้บ้าน อสม. ติดตามการกินยา', 'อบต. จัดรถรับส่งวันนัด'],
    help: [
      {
        item: 'home-health',
        what: ['เยี่ยมบ้านและจัดยา', 'ตรวจสุขภาพและวัดสายตา'],
        givers: [agency('รพ.สต.'), community('อสม.')],
        source: 'state',
        value: null,
      },
    ],
    solved: ['กินยาสม่ำเสมอ น้ำตาลลดลง', 'ผ่าตัดแล้ว มองเห็นชัด'],
    partly: ['ได้ยาแล้ว ยังต้องควบคุมอาหาร'],
  },
  {
    dimension: 'health',
    indicator: 10,
    ages: [50, 110],
    weight: 5,
    problem: ['ป่วยติดเตียง ลูกสาวดูแลคนเดียว', 'เส้นเลือดสมองตีบ เดินไม่ได้ มีแผลกดทับ'],
    need: ['เตียงผู้ป่วยและผ้าอ้อมผู้ใหญ่', 'ผู้ดูแลผลัดเปลี่ยน'],
    solution: ['เข้าระบบดูแลระยะยาวของ รพ.สต. ยืมเตียงจากกองทุน', 'สอนครอบครัวพลิกตัวและทำแผล'],
    help: [
      {
        item: 'long-term-care',
        what: ['ให้ยืมเตียงผู้ป่วยและที่นอนลม', 'มอบผ้าอ้อมผู้ใหญ่และเยี่ยมทำแผล'],
        givers: [agency('รพ.สต.'), agency('กองทุนสุขภาพตำบล')],
        source: 'fund',
        value: [1_000, 9_000, 500],
      },
    ],
    solved: ['แผลหาย มีผู้ดูแลประจำ', 'นั่งรถเข็นได้แล้ว'],
    partly: ['แผลดีขึ้น ยังต้องเยี่ยมทุกสัปดาห์'],
  },
  {
    dimension: 'health',
    indicator: 6,
    ages: null,
    weight: 3,
    problem: ['อาหารไม่พอในบางวัน เด็กน้ำหนักน้อย', 'กินอาหารดิบ เคยเป็นพยาธิ'],
    need: ['อาหารและความรู้โภชนาการ'],
    solution: ['ปลูกผักกินเอง รพ.สต. ให้ความรู้', 'โรงเรียนจัดอาหารเช้าให้เด็ก'],
    help: [
      {
        item: null,
        what: ['มอบอาหารและเมล็ดพันธุ์ผัก', 'มอบนมและไข่'],
        givers: [agency('รพ.สต.'), community('กลุ่มแม่บ้าน')],
        source: 'donation',
        value: [300, 900, 50],
      },
    ],
    solved: ['มีผักกินทุกวัน เด็กน้ำหนักขึ้น'],
    partly: ['ดีขึ้น ยังชั่งน้ำหนักทุกเดือน'],
  },
  {
    dimension: 'education',
    indicator: 23,
    ages: [6, 15],
    weight: 8,
    problem: ['เด็กขาดเรียนบ่อย ไม่มีค่ารถ', 'ไม่มีชุดนักเรียนและอุปกรณ์การเรียน', 'เด็กเสี่ยงหลุดจากระบบเพราะต้องช่วยทำงาน'],
    need: ['ทุนการศึกษา', 'รถรับส่งหรือจักรยาน'],
    solution: ['โรงเรียนเสนอชื่อรับทุน กสศ.', 'ครูเยี่ยมบ้านและจัดรถร่วมกับเพื่อน'],
    help: [
      {
        item: 'school-fund',
        what: ['ทุนการศึกษานักเรียนยากจน', 'มอบจักรยานและชุดนักเรียน'],
        givers: [agency('กสศ.'), agency('โรงเรียน')],
        source: 'fund',
        value: [1_000, 4_000, 500],
      },
    ],
    solved: ['มาเรียนทุกวัน', 'เลื่อนชั้นแล้ว'],
    partly: ['มาเรียนสม่ำเสมอขึ้น'],
  },
  {
    dimension: 'education',
    indicator: 24,
    ages: [15, 19],
    weight: 4,
    problem: ['จบ ม.3 แล้วไม่ได้เรียนต่อ', 'ออกกลางคันตอน ม.4 เพราะตั้งครรภ์'],
    need: ['เรียนต่อสายอาชีพ', 'เรียนนอกระบบ'],
    solution: ['สกร. อำเภอรับสมัครเรียนวันเสาร์', 'วิทยาลัยเทคนิครับเข้าเรียนโดยมีทุน'],
    help: [
      {
        item: 'adult-learning',
        what: ['พาสมัครเรียน สกร.', 'ทุนเรียนสายอาชีพ'],
        givers: [agency('สกร.อำเภอ')],
        source: 'state',
        value: [0, 3_000, 500],
      },
    ],
    solved: ['เข้าเรียนแล้ว'],
    partly: ['สมัครแล้ว รอเปิดเทอม'],
  },
  {
    dimension: 'education',
    indicator: 25,
    ages: [18, 59],
    weight: 3,
    problem: ['อ่านเขียนไม่ได้ กรอกแบบฟอร์มเองไม่ได้', 'จบ ป.4 อ่านสัญญาไม่เข้าใจ'],
    need: ['เรียนหนังสือเพิ่ม'],
    solution: ['สกร. สอนอ่านเขียนที่ศาลากลางบ้านสัปดาห์ละครั้ง'],
    help: [
      {
        item: 'adult-learning',
        what: ['เรียนอ่านเขียนกับ สกร.'],
        givers: [agency('สกร.อำเภอ')],
        source: 'state',
        value: null,
      },
    ],
    solved: ['เขียนชื่อและอ่านป้ายได้'],
    partly: ['เรียนอยู่ อ่านได้บ้าง'],
  },
  {
    dimension: 'access',
    indicator: 34,
    ages: [60, 110],
    weight: 5,
    problem: ['ยังไม่ได้รับเบี้ยยังชีพ ทะเบียนบ้านอยู่จังหวัดอื่น', 'ไม่รู้ว่าต้องลงทะเบียนรับเบี้ยผู้สูงอายุ'],
    need: ['ย้ายทะเบียนและลงทะเบียนรับเบี้ย'],
    solution: ['ปลัดอำเภอช่วยย้ายทะเบียน อบต. ลงทะเบียนรับเบี้ย'],
    help: [
      {
        item: 'elder-allowance',
        what: ['ลงทะเบียนรับเบี้ยยังชีพ'],
        givers: [agency('อบต.'), agency('ที่ทำการปกครองอำเภอ')],
        source: 'local',
        value: null,
      },
    ],
    solved: ['ได้รับเบี้ยทุกเดือน'],
    partly: ['ลงทะเบียนแล้ว รอรอบจ่าย'],
  },
  {
    dimension: 'access',
    indicator: 32,
    ages: [18, 110],
    weight: 7,
    problem: ['ไม่มีบัตรสวัสดิการแห่งรัฐ พลาดรอบลงทะเบียน', 'บัตรประชาชนหมดอายุ ใช้สิทธิไม่ได้'],
    need: ['ลงทะเบียนบัตรสวัสดิการ', 'ทำบัตรประชาชนใหม่'],
    solution: ['พาไปอำเภอทำบัตร แล้วลงทะเบียนรอบถัดไป', 'คลังจังหวัดตรวจสิทธิให้'],
    help: [
      {
        item: 'welfare-card',
        what: ['ช่วยลงทะเบียนบัตรสวัสดิการแห่งรัฐ', 'พาทำบัตรประชาชน'],
        givers: [agency('คลังจังหวัด'), agency('ที่ทำการปกครองอำเภอ')],
        source: null,
        value: null,
      },
    ],
    solved: ['ได้บัตรและใช้สิทธิแล้ว'],
    partly: ['ยื่นเรื่องแล้ว รอผล'],
  },
  {
    dimension: 'access',
    indicator: 35,
    ages: [5, 110],
    weight: 4,
    problem: ['พิการแต่ยังไม่มีบัตรคนพิการ', 'พิการทางการเคลื่อนไหว ไม่มีรถเข็น'],
    need: ['ทำบัตรคนพิการ', 'รถเข็น'],
    solution: ['รพ.สต. ออกใบรับรองแพทย์ พมจ. ออกบัตร', 'ขอรถเข็นจากกองทุนฟื้นฟู'],
    help: [
      {
        item: 'disability-card',
        what: ['ออกบัตรประจำตัวคนพิการ', 'มอบรถเข็น'],
        givers: [agency('พมจ.'), agency('รพ.สต.')],
        source: 'state',
        value: [0, 6_000, 500],
      },
    ],
    solved: ['มีบัตรและรับเบี้ยแล้ว', 'มีรถเข็นใช้ ออกจากบ้านได้'],
    partly: ['ได้ใบรับรองแพทย์แล้ว'],
  },
  {
    dimension: 'access',
    indicator: 31,
    ages: [0, 6],
    weight: 4,
    problem: ['เด็กเล็กยังไม่ได้รับเงินอุดหนุน เอกสารไม่ครบ'],
    need: ['ลงทะเบียนเงินอุดหนุนเด็กแรกเกิด'],
    solution: ['อบต. ช่วยกรอกเอกสารและรับรองรายได้'],
    help: [
      {
        item: 'child-grant',
        what: ['ลงทะเบียนเงินอุดหนุนเด็กแรกเกิด'],
        givers: [agency('อบต.')],
        source: 'state',
        value: [600, 600, 100],
      },
    ],
    solved: ['ได้รับเงินเข้าบัญชีแล้ว'],
    partly: ['ยื่นแล้ว รอรอบเดือนหน้า'],
  },
]
