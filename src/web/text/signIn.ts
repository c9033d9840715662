/** What signing in says, at a desk and on a phone, which takes no more than this along. */
import { defineText } from './dictionary.ts'

export const signInText = defineText({
  th: {
    username: 'ชื่อผู้ใช้',
    password: 'รหัสผ่าน',
    forgot: 'ลืมรหัสผ่าน หรือโทรศัพท์หาย ติดต่อผู้ดูแลระบบของศูนย์เพื่อตั้งใหม่',
    codeTitle: 'ยืนยันตัวตนขั้นที่สอง',
    codeLead: 'เปิดแอปยืนยันตัวตนในโทรศัพท์ แล้วกรอกรหัส 6 หลักของแก้จน',
    code: 'รหัส 6 หลัก',
    confirm: 'ยืนยัน',
    anotherPerson: 'เข้าด้วยชื่ออื่น',
    newPassword: 'รหัสผ่านใหม่',
    passwordHint: 'ยาวอย่างน้อย 12 ตัวอักษร ประโยคที่ท่านจำได้ดีกว่าคำสั้นที่ซับซ้อน',
    changePassword: 'เปลี่ยนรหัสผ่าน',
    mustChangeTitle: 'ตั้งรหัสผ่านของท่านเอง',
    mustChangeLead: 'รหัสที่ได้รับมาใช้ได้ครั้งเดียวและมีผู้อื่นเห็นแล้ว ตั้งรหัสใหม่ก่อนเริ่มใช้งาน',
  },
  en: {
    username: 'User name',
    password: 'Password',
    forgot: 'Forgotten password or lost phone: ask your centre’s administrator to reset it.',
    codeTitle: 'Second factor',
    codeLead: 'Open the authenticator app on your phone and enter the 6-digit code for Kaejon.',
    code: '6-digit code',
    confirm: 'Confirm',
    anotherPerson: 'Sign in with another name',
    newPassword: 'New password',
    passwordHint: 'At least 12 characters. A sentence you remember beats a short tangle.',
    changePassword: 'Change password',
    mustChangeTitle: 'Choose your own password',
    mustChangeLead:
      'The one you were given works once and somebody else has seen it. Choose a new one before you begin.',
  },
})
