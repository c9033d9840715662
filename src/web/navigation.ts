/** Where the menu leads, in its order; a person sees what their roles allow somewhere. Add a line to add an entry. */
import type { Permission } from '../domain/permission.ts'
import { defineText } from './text/dictionary.ts'
import type { IconName } from './ui/Icon.tsx'

export const navigationText = defineText({
  th: {
    overview: 'ภาพรวม',
    progress: 'ความก้าวหน้า',
    worklists: 'รายการงาน',
    households: 'ครัวเรือน',
    phones: 'เครื่องภาคสนาม',
    imports: 'นำเข้าบัญชี',
    lists: 'บัญชีกลุ่มเป้าหมาย',
    catalogue: 'เมนูแก้จน',
    areas: 'พื้นที่และศูนย์',
    people: 'ผู้ใช้งาน',
    audit: 'บันทึกการใช้งาน',
    rules: 'เกณฑ์ของจังหวัด',
    settings: 'การตั้งค่า',
  },
  en: {
    overview: 'Overview',
    progress: 'Progress',
    worklists: 'Work lists',
    households: 'Households',
    phones: 'Field phones',
    imports: 'Imports',
    lists: 'Target lists',
    catalogue: 'Catalogue of help',
    areas: 'Areas and centres',
    people: 'People',
    audit: 'Audit log',
    rules: 'Rules of the province',
    settings: 'Settings',
  },
})

export interface NavigationItem {
  path: string
  /** A key of `navigationText`. */
  label: keyof (typeof navigationText)['th']
  icon: IconName
  /** Null for everybody who is signed in. */
  permission: Permission | null
}

export const navigation: readonly NavigationItem[] = [
  { path: '/', label: 'overview', icon: 'figure', permission: 'figure.read' },
  { path: '/progress', label: 'progress', icon: 'progress', permission: 'figure.read' },
  { path: '/worklists', label: 'worklists', icon: 'work', permission: 'household.list' },
  { path: '/households', label: 'households', icon: 'household', permission: 'household.list' },
  { path: '/phones', label: 'phones', icon: 'phone', permission: 'device.read' },
  { path: '/imports', label: 'imports', icon: 'import', permission: 'import.read' },
  { path: '/lists', label: 'lists', icon: 'list', permission: 'list.read' },
  { path: '/catalogue', label: 'catalogue', icon: 'hands', permission: 'list.read' },
  { path: '/areas', label: 'areas', icon: 'area', permission: 'area.read' },
  { path: '/people', label: 'people', icon: 'people', permission: 'people.read' },
  { path: '/audit', label: 'audit', icon: 'audit', permission: 'audit.read' },
  { path: '/rules', label: 'rules', icon: 'book', permission: 'rule.edit' },
  { path: '/settings', label: 'settings', icon: 'settings', permission: 'setting.edit' },
]
