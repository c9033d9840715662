import { useState } from 'react'
import { BuddhistDateField } from '../../ui/BuddhistDateField.tsx'
import { Button, ButtonRow } from '../../ui/Button.tsx'
import { Checkbox, CheckboxGroup, ComboBox, RadioGroup, Select, Switch } from '../../ui/Choice.tsx'
import { FaultSummary } from '../../ui/Feedback.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { NationalIdField } from '../../ui/NationalIdField.tsx'
import { Card, Columns, Form, Section } from '../../ui/Page.tsx'
import { NumberField, PasswordField, SearchField, TextAreaField, TextField } from '../../ui/TextField.tsx'
import type { Say } from './Gallery.tsx'

export function GalleryFields({ say }: { say: Say }) {
  const [id, setId] = useState('9101234567890')
  const [wasSent, setSent] = useState(false)
  const districts = [
    { id: '3101', label: say('เมืองบุรีรัมย์', 'Mueang Buriram') },
    { id: '3102', label: say('คูเมือง', 'Khu Mueang') },
    { id: '3117', label: say('โนนสุวรรณ', 'Non Suwan') },
  ]
  return (
    <Section title={say('แบบฟอร์ม', 'Forms')}>
      <Columns>
        <Card>
          <Form label={say('ข้อมูลสมาชิก', 'Member')} onSubmit={() => setSent(true)}>
            {wasSent && (
              <FaultSummary
                faults={[
                  {
                    field: 'lastName',
                    label: say('นามสกุล', 'Last name'),
                    fault: say('กรอกนามสกุล หรือระบุว่าไม่มี', 'Enter the last name'),
                  },
                ]}
              />
            )}
            <TextField label={say('ชื่อ', 'First name')} name="firstName" defaultValue="กตัญญู" autoComplete="off" />
            <TextField
              label={say('นามสกุล', 'Last name')}
              name="lastName"
              autoComplete="off"
              fault={say('กรอกนามสกุล หรือระบุว่าไม่มี', 'Enter the last name')}
            />
            <NationalIdField label={say('เลขประจำตัวประชาชน', 'National id')} isOptional value={id} onChange={setId} />
            <BuddhistDateField
              label={say('วันเกิด', 'Date of birth')}
              name="birthDate"
              defaultValue={{ date: '1957-05-12', precision: 'day' }}
              latest="2026-11-23"
            />
            <BuddhistDateField
              label={say('วันที่ในบัญชี', 'Date of the list')}
              defaultValue={{ date: '1479-01-01', precision: 'year' }}
              isOptional
            />
            <NumberField label={say('รายได้ต่อปี', 'Income a year')} unit={say('บาท', 'baht')} defaultValue={38_000} />
            <TextAreaField
              label={say('หมายเหตุ', 'Note')}
              isOptional
              hint={say('ไม่ต้องใส่ข้อมูลสุขภาพ', 'Leave out anything about health')}
            />
            <ButtonRow>
              <Button type="submit" kind="primary">
                {say('บันทึก', 'Save')}
              </Button>
              <Button>{say('ยกเลิก', 'Cancel')}</Button>
            </ButtonRow>
          </Form>
        </Card>
        <Card>
          <SearchField
            label={say('ค้นหาครัวเรือน', 'Find a household')}
            placeholder={say('ชื่อ บ้านเลขที่ หรือหมู่บ้าน', 'Name, house number or village')}
          />
          <Select label={say('อำเภอ', 'District')} options={districts} defaultValue="3101" />
          <ComboBox label={say('ตำบล', 'Subdistrict')} options={districts} isOptional />
          <PasswordField label={say('รหัสผ่าน', 'Password')} defaultValue="รหัสผ่านยาวๆ" />
          <TextField label={say('ปิดไว้', 'Closed')} isDisabled defaultValue="31010100" />
          <RadioGroup
            label={say('ใช้ค่าจาก', 'Take the value of')}
            defaultValue="newest"
            options={[
              { id: 'newest', label: say('บัญชีใหม่ที่สุด', 'the newest list'), description: 'ThaiQM · 1 ต.ค. 2565' },
              { id: 'trusted', label: say('บัญชีที่เชื่อถือ', 'the trusted list') },
              { id: 'none', label: say('ยังเลือกไม่ได้', 'not yet'), isDisabled: true },
            ]}
          />
          <CheckboxGroup
            label={say('บัญชี', 'Lists')}
            defaultValue={['tpmap']}
            options={[
              { id: 'tpmap', label: 'TPMAP 2565' },
              { id: 'thaiqm', label: 'ThaiQM' },
            ]}
          />
          <Checkbox isIndeterminate>{say('ทุกตำบล', 'Every subdistrict')}</Checkbox>
          <Switch defaultSelected>{say('แสดงเฉพาะที่รอตัดสินใจ', 'Only what waits for a decision')}</Switch>
          <FileDrop
            label={say('ไฟล์บัญชีรายชื่อ', 'The list file')}
            hint={say('.xlsx .xls .ods หรือ .csv ไม่เกิน 200 เมกะไบต์', '.xlsx, .xls, .ods or .csv, up to 200 MB')}
            accepts={['.xlsx', '.xls', '.ods', '.csv']}
            limit={200 * 1024 * 1024}
            onFile={() => {}}
          />
        </Card>
      </Columns>
    </Section>
  )
}
