/**
 * The words that React Aria says to screen readers by itself. It has no Thai; these sentences go to its global
 * dictionary, which is asked at every use, so that changing the language needs no reload.
 */
import * as library from 'react-aria-components/i18n/en-US'
import { currentLocale } from '../text/locale.ts'

type Facts = Record<string, string | number | boolean>
type Sentence = string | ((facts: Facts, formatter: unknown) => string)
type Strings = Record<string, Record<string, Sentence>>

const thai: Strings = {
  '@react-aria/breadcrumbs': { breadcrumbs: 'ตำแหน่งปัจจุบัน' },
  '@react-aria/combobox': {
    focusAnnouncement: ({ optionText, isSelected }) => `${optionText}${isSelected ? ' เลือกอยู่' : ''}`,
    countAnnouncement: ({ optionCount }) => `มี ${optionCount} ตัวเลือก`,
    selectedAnnouncement: ({ optionText }) => `เลือก ${optionText} แล้ว`,
    buttonLabel: 'แสดงตัวเลือก',
    listboxLabel: 'ตัวเลือก',
  },
  '@react-aria/dnd': {
    dropDescriptionKeyboard: 'กด Enter เพื่อวาง กด Escape เพื่อยกเลิก',
    dropDescriptionTouch: 'แตะสองครั้งเพื่อวาง',
    dropDescriptionVirtual: 'กดเพื่อวาง',
    dropCanceled: 'ยกเลิกการวางแล้ว',
    dropComplete: 'วางแล้ว',
  },
  '@react-aria/menu': { longPressMessage: 'กดค้าง หรือกด Alt + ลูกศรลง เพื่อเปิดเมนู' },
  '@react-aria/numberfield': {
    decrease: ({ fieldLabel }) => `ลด ${fieldLabel ?? ''}`,
    increase: ({ fieldLabel }) => `เพิ่ม ${fieldLabel ?? ''}`,
    numberField: 'ช่องตัวเลข',
  },
  '@react-aria/overlays': { dismiss: 'ปิด' },
  '@react-aria/searchfield': { 'Clear search': 'ล้างคำค้น' },
  '@react-aria/spinbutton': { Empty: 'ว่าง' },
  '@react-aria/toast': { close: 'ปิด', notifications: ({ count }) => `ข้อความแจ้ง ${count} รายการ` },
  'react-aria-components': { selectPlaceholder: 'เลือกรายการ', dropzoneLabel: 'พื้นที่วางไฟล์' },
}

// The package declares its default export as a type only.
const english = (library as unknown as { default: Strings }).default

const bilingual = Object.fromEntries(
  Object.entries(english).map(([part, sentences]) => [
    part,
    Object.fromEntries(Object.entries(sentences).map(([key, sentence]) => [key, inBoth(sentence, thai[part]?.[key])])),
  ]),
)

/** Called once before the first render; React Aria reads these names from `window`. */
export function installLibraryText(): void {
  Object.assign(window, {
    [Symbol.for('react-aria.i18n.locale')]: 'th-TH',
    [Symbol.for('react-aria.i18n.strings')]: bilingual,
  })
}

function inBoth(englishSentence: Sentence, thaiSentence: Sentence = englishSentence): Sentence {
  return (facts, formatter) => {
    const sentence = currentLocale() === 'th' ? thaiSentence : englishSentence
    return typeof sentence === 'string' ? sentence : sentence(facts, formatter)
  }
}
