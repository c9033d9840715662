/** Half-typed forms: that they are kept, found again, thrown away. */
import { defineText } from './dictionary.ts'

export const draftText = defineText({
  th: {
    signOutTitle: 'มีร่างที่ยังไม่ได้บันทึก',
    signOutLead: (count: string) =>
      `ร่าง ${count} รายการในเครื่องนี้จะถูกลบเมื่อออกจากระบบ เพื่อไม่ให้ผู้ที่ใช้เครื่องต่อเห็นข้อมูลของครัวเรือน`,
    signOutAnyway: 'ออกจากระบบและลบร่าง',
    stay: 'กลับไปบันทึกก่อน',
    restored: (moment: string) => `นำร่างที่พิมพ์ค้างไว้เมื่อ ${moment} กลับมาแล้ว`,
    throwAway: 'ทิ้งร่าง เริ่มใหม่',
    thrownAway: 'ทิ้งร่างแล้ว',
    kept: (moment: string) => `เก็บร่างไว้ในเครื่องนี้แล้ว ${moment}`,
    keptInMemory: 'ร่างอยู่ได้จนกว่าจะปิดหน้านี้ เพราะเบราว์เซอร์หรือการเชื่อมต่อนี้เก็บร่างอย่างปลอดภัยไม่ได้',
    waiting: 'ร่างที่ท่านพิมพ์ค้างไว้',
    goOn: 'พิมพ์ต่อ',
    discard: 'ทิ้งร่าง',
    discardOf: (what: string) => `ทิ้งร่าง: ${what}`,
  },
  en: {
    signOutTitle: 'There are drafts that were not recorded',
    signOutLead: (count) =>
      `${count} drafts on this device are deleted when you sign out, so that the next person at it does not see what they say of a household.`,
    signOutAnyway: 'Sign out and delete the drafts',
    stay: 'Go back and record them',
    restored: (moment) => `Your draft of ${moment} is back`,
    throwAway: 'Throw the draft away and begin anew',
    thrownAway: 'The draft was thrown away',
    kept: (moment) => `Draft kept on this device, ${moment}`,
    keptInMemory:
      'The draft stays until this page is closed: this browser or connection cannot keep it safely for longer.',
    waiting: 'Drafts you have begun',
    goOn: 'Go on',
    discard: 'Throw away',
    discardOf: (what) => `Throw away the draft: ${what}`,
  },
})
