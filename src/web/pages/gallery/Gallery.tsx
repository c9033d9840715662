/** Every building block in its states, for looking at and for the accessibility test; not in the released program. */
import { useState } from 'react'
import { navigation, navigationText } from '../../navigation.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { AppShell } from '../../ui/AppShell.tsx'
import { Button, ButtonRow, LinkButton } from '../../ui/Button.tsx'
import { FigureRow, Figure, KeyValueList, OverlapTable, Timeline } from '../../ui/Facts.tsx'
import { EmptyState, MeterBar, Notice, ProblemAlert, StateMark, Tag } from '../../ui/Feedback.tsx'
import { Disclosure, Stepper, Tabs } from '../../ui/Navigation.tsx'
import { Dialog, MenuButton } from '../../ui/Overlay.tsx'
import { Card, Columns, PageHeader, Section, Stack } from '../../ui/Page.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { GalleryFields } from './GalleryFields.tsx'
import { GalleryTable } from './GalleryTable.tsx'

export type Say = (thai: string, english: string) => string

export default function Gallery() {
  const format = useFormat()
  const text = useText(navigationText)
  const say: Say = (thai, english) => (format.locale === 'th' ? thai : english)
  return (
    <AppShell
      isPractice
      navigation={navigation.map((item) => ({ ...item, label: text[item.label] }))}
      currentPath="/households"
      user={{ name: say('สมหญิง ใจกล้า', 'Somying Jaikla'), roleLabel: say('ศจพ.อ. เมืองบุรีรัมย์', 'Mueang Buriram centre') }}
      accountPath="/gallery"
      onSignOut={() => showToast({ message: say('ออกจากระบบแล้ว', 'Signed out') })}
    >
      <PageHeader
        crumbs={[
          { label: say('ประเทศ', 'Nation'), href: '/gallery?area=' },
          { label: say('บุรีรัมย์', 'Buriram'), href: '/gallery?area=31' },
          { label: say('อำเภอเมืองบุรีรัมย์', 'Mueang Buriram') },
        ]}
        title={say('ทะเบียนครัวเรือน', 'Households')}
        lead={say(
          'ครัวเรือนทุกครัวในอำเภอ รวมจากทุกบัญชีและไม่นับซ้ำ ข้อมูล ณ 23 พ.ย. 2569',
          'Every household of the district, from every list, counted once. As of 23 Nov 2026.',
        )}
        actions={
          <>
            <Button icon="download">{say('ส่งออก', 'Export')}</Button>
            <LinkButton href="/gallery" kind="primary" icon="plus">
              {say('เพิ่มครัวเรือน', 'Add a household')}
            </LinkButton>
          </>
        }
      />
      <Stack gap="large">
        <FigureRow>
          <Figure
            label={say('ครัวเรือน ไม่นับซ้ำ', 'Households, counted once')}
            value={98_412}
            unit={say('ครัวเรือน', 'households')}
            tone="strong"
            href="/gallery"
            note={say('จาก 114,310 รายการในทุกบัญชี', 'from 114,310 listings')}
          />
          <Figure
            label="TPMAP 2565"
            value={29_010}
            unit={say('ครัวเรือน', 'households')}
            href="/gallery"
            note={say('ฐานทางการ 29,010', 'official base 29,010')}
          />
          <Figure
            label="ThaiQM"
            value={85_300}
            unit={say('ครัวเรือน', 'households')}
            href="/gallery"
            note={say('ฐานทางการ 85,300', 'official base 85,300')}
          />
          <Figure label={say('รอตัดสินใจ', 'Waiting for a decision')} value={null} unit={say('แถว', 'rows')} />
        </FigureRow>
        <GalleryTable say={say} />
        <Section title={say('ความทับซ้อนของบัญชี', 'How the lists overlap')}>
          <OverlapTable
            caption={say('จำนวนครัวเรือนตามบัญชีที่อยู่', 'Households by the lists they stand on')}
            unit={say('ครัวเรือน', 'households')}
            lists={[
              { code: 'tpmap', label: 'TPMAP' },
              { code: 'thaiqm', label: 'ThaiQM' },
              { code: 'vulnerable', label: say('กลุ่มเปราะบาง', 'Vulnerable') },
              { code: 'found', label: say('พบในพื้นที่', 'Found here') },
            ]}
            overlaps={[
              { lists: ['thaiqm'], count: 68_114, href: '/gallery' },
              { lists: ['tpmap'], count: 13_402, href: '/gallery' },
              { lists: ['tpmap', 'thaiqm'], count: 15_211, href: '/gallery' },
              { lists: ['tpmap', 'vulnerable'], count: 1_204, href: '/gallery' },
              { lists: ['tpmap', 'thaiqm', 'vulnerable', 'found'], count: 481 },
            ]}
          />
        </Section>
        <GalleryImport say={say} />
        <GalleryFields say={say} />
        <GalleryMessages say={say} />
        <GalleryOverlays say={say} />
      </Stack>
    </AppShell>
  )
}

function GalleryImport({ say }: { say: Say }) {
  const rows = say('แถว', 'rows')
  return (
    <Section title={say('ขั้นตอนและความคืบหน้า', 'Steps and progress')}>
      <Card>
        <Stepper
          current="check"
          steps={[
            { id: 'file', label: say('ส่งไฟล์', 'File'), href: '/gallery' },
            { id: 'map', label: say('จับคู่คอลัมน์', 'Columns'), href: '/gallery' },
            { id: 'check', label: say('ตรวจทุกแถว', 'Check') },
            { id: 'decide', label: say('ตัดสินใจ', 'Decide') },
            { id: 'commit', label: say('นำเข้า', 'Import') },
          ]}
        />
        <MeterBar
          label={say('กำลังตรวจ thaiqm-buriram.xlsx', 'Checking thaiqm-buriram.xlsx')}
          done={53_120}
          total={85_300}
          unit={rows}
          rate={11_200}
          secondsLeft={3}
        />
        <MeterBar label={say('กำลังอ่านไฟล์', 'Reading the file')} done={4_096} total={null} unit={rows} />
        <ButtonRow>
          <Button kind="primary">{say('ทำต่อ', 'Continue')}</Button>
          <Button>{say('บันทึกไว้ก่อน', 'Keep for later')}</Button>
          <Button kind="quiet">{say('ย้อนกลับ', 'Back')}</Button>
          <Button kind="danger">{say('ยกเลิกรอบนำเข้า', 'Cancel the import')}</Button>
          <Button kind="primary" isPending>
            {say('กำลังส่ง', 'Sending')}
          </Button>
          <Button isDisabled>{say('ยังทำไม่ได้', 'Not yet')}</Button>
        </ButtonRow>
      </Card>
    </Section>
  )
}

function GalleryMessages({ say }: { say: Say }) {
  return (
    <Section title={say('ข้อความและสถานะ', 'Messages and states')}>
      <Columns>
        <Stack gap="small">
          <ProblemAlert
            problem={{ problem: 'importGuard', code: 409.8 }}
            actions={<Button size="small">{say('ตรวจไฟล์', 'Check the file')}</Button>}
          />
          <Notice tone="attention" title={say('มี 312 แถวรอการตัดสินใจ', '312 rows wait for a decision')}>
            {say('แยกตามอำเภอแล้ว ส่งต่อให้ศูนย์ที่รับผิดชอบได้', 'They are split by district; each centre can decide its own.')}
          </Notice>
          <Notice tone="success" title={say('นำเข้าเสร็จแล้ว', 'The import is done')} />
          <Notice>
            {say('ตัวเลขนี้ใช้สมมติฐานที่จังหวัดแก้ได้', 'This figure rests on an assumption that the province can change.')}
          </Notice>
          <div className="button-row">
            <StateMark tone="success">{say('ใหม่', 'New')}</StateMark>
            <StateMark tone="info">{say('ปรับปรุง', 'Update')}</StateMark>
            <StateMark tone="neutral">{say('เหมือนเดิม', 'Same')}</StateMark>
            <StateMark tone="attention">{say('รอตัดสินใจ', 'Waiting')}</StateMark>
            <StateMark tone="danger">{say('ไม่ถูกต้อง', 'Invalid')}</StateMark>
            <Tag>TPMAP 2565</Tag>
            <Tag onRemove={() => {}} removeLabel={say('เอาตัวกรองออก', 'Remove the filter')}>
              {say('ตำบลในเมือง', 'Nai Mueang')}
            </Tag>
          </div>
        </Stack>
        <EmptyState
          icon="household"
          title={say('ยังไม่มีครัวเรือนในพื้นที่นี้', 'No households in this area yet')}
          actions={
            <LinkButton href="/gallery" kind="primary" icon="import">
              {say('นำเข้าบัญชี', 'Import a list')}
            </LinkButton>
          }
        >
          {say(
            'เริ่มจากไฟล์ที่จังหวัดส่งมา หรือเพิ่มครัวเรือนที่พบเอง',
            'Begin with the file that the province sent, or add a household you found.',
          )}
        </EmptyState>
      </Columns>
    </Section>
  )
}

function GalleryOverlays({ say }: { say: Say }) {
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  return (
    <Section title={say('หน้าครัวเรือน', 'A household page')}>
      <Tabs
        label={say('ส่วนของหน้า', 'Parts of the page')}
        tabs={[
          {
            id: 'facts',
            label: say('ข้อมูล', 'Facts'),
            content: (
              <Columns>
                <Card title={say('ที่อยู่', 'Address')}>
                  <KeyValueList
                    items={[
                      { label: say('บ้านเลขที่', 'House number'), value: '27/1 หมู่ 4' },
                      { label: say('หมู่บ้าน', 'Village'), value: 'บ้านโคกกลาง ตำบลกลันทา อำเภอเมืองบุรีรัมย์' },
                      { label: say('รหัสประจำบ้าน', 'House code'), value: <span className="number">3101-012345-6</span> },
                      {
                        label: say('เลขประจำตัวประชาชน', 'National id'),
                        value: <span className="number">x-xxxx-xxxxx-12-3</span>,
                      },
                      { label: say('โทรศัพท์', 'Telephone'), value: null },
                    ]}
                  />
                </Card>
                <Card title={say('ประวัติ', 'History')}>
                  <Timeline
                    events={[
                      {
                        id: '1',
                        icon: 'edit',
                        title: say('แก้บ้านเลขที่ 27 เป็น 27/1', 'House number changed from 27 to 27/1'),
                        when: format.moment('2026-11-20T03:12:00Z'),
                        who: say('ศจพ.อ. เมืองบุรีรัมย์', 'Mueang Buriram centre'),
                      },
                      {
                        id: '2',
                        icon: 'import',
                        title: say('นำเข้าจากบัญชี ThaiQM', 'Imported from ThaiQM'),
                        when: format.moment('2026-11-18T02:00:00Z'),
                        who: say('แถวที่ 1,204', 'row 1,204'),
                        children: (
                          <Disclosure title={say('ข้อมูลตามไฟล์', 'As the file has it')}>ที่ ผู้ น้ำ ปั้น กตัญญู ฐูปะ ก้ำ</Disclosure>
                        ),
                      },
                    ]}
                  />
                </Card>
              </Columns>
            ),
          },
          { id: 'members', label: say('สมาชิก', 'Members'), count: '4', content: <p>…</p> },
          { id: 'lists', label: say('บัญชี', 'Lists'), count: '2', content: <p>…</p> },
        ]}
      />
      <ButtonRow>
        <Button onPress={() => setOpen(true)}>{say('รวมครัวเรือน', 'Merge households')}</Button>
        <Button
          onPress={() => showToast({ message: say('รวม 2 ครัวเรือนแล้ว', '2 households merged'), onUndo: () => {} })}
        >
          {say('แสดงข้อความ', 'Show a message')}
        </Button>
        <MenuButton
          label={say('เพิ่มเติม', 'More')}
          entries={[
            { id: 'edit', label: say('แก้ไข', 'Edit'), icon: 'edit' },
            { id: 'remove', label: say('นำออก', 'Remove'), isDanger: true, icon: 'cross', beginsGroup: true },
          ]}
        />
      </ButtonRow>
      <Dialog
        title={say('รวมสองครัวเรือนเป็นหนึ่ง', 'Merge two households into one')}
        isOpen={isOpen}
        onOpenChange={setOpen}
        actions={(close) => (
          <>
            <Button kind="primary" onPress={close}>
              {say('รวม', 'Merge')}
            </Button>
            <Button onPress={close}>{say('ยกเลิก', 'Cancel')}</Button>
          </>
        )}
      >
        <p>
          {say(
            'ประวัติของทั้งสองครัวเรือนยังอยู่ครบ และแยกกลับได้',
            'The history of both is kept, and they can be separated again.',
          )}
        </p>
      </Dialog>
    </Section>
  )
}
