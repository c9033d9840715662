/** A small country to read lists in: Buriram with its repeated names, and the capital's provinces that share a district name. */
import type { KnownArea } from '../../src/domain/import/areas.ts'

export const someAreas: KnownArea[] = [
  { code: '31', nameTh: 'บุรีรัมย์', nameEn: 'Buri Ram' },
  { code: '3101', nameTh: 'เมืองบุรีรัมย์', nameEn: 'Mueang Buri Ram' },
  { code: '310101', nameTh: 'ในเมือง', nameEn: 'Nai Mueang' },
  { code: '310102', nameTh: 'อิสาณ', nameEn: 'Isan' },
  { code: '310104', nameTh: 'บ้านยาง', nameEn: 'Ban Yang' },
  { code: '31010401', nameTh: 'บ้านยาง', nameEn: null },
  { code: '31010402', nameTh: 'บ้านหนองปรือ', nameEn: null },
  { code: '31010403', nameTh: 'หนองม่วง', nameEn: null },
  { code: '31010404', nameTh: 'หนองม่วง', nameEn: null },
  { code: '3109', nameTh: 'พุทไธสง', nameEn: 'Phutthaisong' },
  { code: '310902', nameTh: 'บ้านยาง', nameEn: 'Ban Yang' },
  { code: '3123', nameTh: 'เฉลิมพระเกียรติ', nameEn: 'Chaloem Phra Kiat' },
  { code: '312301', nameTh: 'เจริญสุข', nameEn: 'Charoen Suk' },
  { code: '30', nameTh: 'นครราชสีมา', nameEn: 'Nakhon Ratchasima' },
  { code: '3001', nameTh: 'เมืองนครราชสีมา', nameEn: 'Mueang Nakhon Ratchasima' },
  { code: '300101', nameTh: 'ในเมือง', nameEn: 'Nai Mueang' },
  { code: '3032', nameTh: 'เฉลิมพระเกียรติ', nameEn: 'Chaloem Phra Kiat' },
  { code: '303201', nameTh: 'ช้างทอง', nameEn: 'Chang Thong' },
  { code: '10', nameTh: 'กรุงเทพมหานคร', nameEn: 'Bangkok' },
  { code: '1001', nameTh: 'พระนคร', nameEn: 'Phra Nakhon' },
  { code: '100101', nameTh: 'พระบรมมหาราชวัง', nameEn: 'Phra Borom Maha Ratchawang' },
]
