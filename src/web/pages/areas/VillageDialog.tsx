/** Adds a village to a subdistrict, or gives a village another name; other levels change with a release. */
import { useState } from 'react'
import { areaAdd, areaRename, type AreaWithPath } from '../../../contract/areas.ts'
import { centreText } from '../../text/centre.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { sessionText } from '../../text/session.ts'
import { Button, ButtonRow } from '../../ui/Button.tsx'
import { ProblemAlert } from '../../ui/Feedback.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { Form } from '../../ui/Page.tsx'
import { NumberField, TextField } from '../../ui/TextField.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { useWrite } from '../shared/write.ts'

export function VillageDialog({ area }: { area: AreaWithPath }) {
  const text = useText(centreText)
  const [isOpen, setOpen] = useState(false)
  const isVillage = area.level === 'village'
  if (!isVillage && area.level !== 'subdistrict') return null
  return (
    <>
      <Button icon={isVillage ? 'edit' : 'plus'} onPress={() => setOpen(true)}>
        {isVillage ? text.rename : text.addVillage}
      </Button>
      <Dialog title={isVillage ? text.rename : text.addVillage} isOpen={isOpen} onOpenChange={setOpen}>
        {(close) => <VillageForm area={area} onDone={close} />}
      </Dialog>
    </>
  )
}

function VillageForm({ area, onDone }: { area: AreaWithPath; onDone: () => void }) {
  const text = useText(centreText)
  const common = useText(commonText)
  const session = useText(sessionText)
  const isVillage = area.level === 'village'
  const [moo, setMoo] = useState(Number.NaN)
  const [nameTh, setNameTh] = useState(isVillage ? area.nameTh : '')
  const [nameEn, setNameEn] = useState(isVillage ? (area.nameEn ?? '') : '')
  const [wasSent, setSent] = useState(false)
  const add = useWrite(areaAdd, () => finish(text.villageAdded))
  const rename = useWrite(areaRename, () => finish(text.renamed))
  const { isSending, problem } = isVillage ? rename : add
  const isTaken = problem?.problem === 'alreadyExists'
  const isMooRight = isVillage || (Number.isInteger(moo) && moo >= 1 && moo <= 99)
  function finish(message: string) {
    showToast({ message })
    onDone()
  }
  return (
    <Form
      label={isVillage ? text.rename : text.addVillage}
      onSubmit={() => {
        setSent(true)
        if (nameTh.trim() === '' || !isMooRight || isSending) return
        const names = { nameTh, nameEn: nameEn.trim() === '' ? null : nameEn }
        if (isVillage) rename.send({ area: area.code, ...names })
        else add.send({ area: area.code, moo, ...names })
      }}
    >
      {problem && !isTaken && <ProblemAlert problem={problem} />}
      {isVillage ? (
        <p className="soft">{text.renameLead}</p>
      ) : (
        <NumberField
          label={text.moo}
          value={moo}
          onChange={setMoo}
          minValue={1}
          maxValue={99}
          fault={wasSent && !isMooRight ? text.mooFault : isTaken ? text.mooTaken : null}
        />
      )}
      <TextField
        label={text.villageName}
        name="nameTh"
        maxLength={120}
        value={nameTh}
        onChange={setNameTh}
        fault={wasSent && nameTh.trim() === '' ? session.required : null}
      />
      <TextField
        label={text.englishName}
        name="nameEn"
        isOptional
        maxLength={120}
        value={nameEn}
        onChange={setNameEn}
      />
      <ButtonRow>
        <Button type="submit" kind="primary" isPending={isSending}>
          {common.save}
        </Button>
        <Button onPress={onDone}>{common.cancel}</Button>
      </ButtonRow>
    </Form>
  )
}
