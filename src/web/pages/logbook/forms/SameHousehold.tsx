/** Of a duplicate: which household of the registry it is. May be left out; the two are merged by whoever may, later. */
import { useState } from 'react'
import type { HouseholdRow } from '../../../../contract/households.ts'
import { useText } from '../../../text/dictionary.ts'
import { entryFormText } from '../../../text/entryForm.ts'
import { Button, ButtonRow, TextLink } from '../../../ui/Button.tsx'
import { householdAddress } from '../../households/address.ts'
import { HouseholdChoice } from '../../phones/HouseholdChoice.tsx'
import type { Scene } from './fields.ts'

export interface SameHouseholdProps {
  scene: Scene
  sameAs: string | undefined
  onSameAs: (id: string | undefined) => void
  fault: string | null
}

export function SameHousehold({ scene: { household }, sameAs, onSameAs, fault }: SameHouseholdProps) {
  const text = useText(entryFormText).outcome
  const [words, setWords] = useState('')
  const [chosen, setChosen] = useState<HouseholdRow | null>(null)
  const choose = (row: HouseholdRow | null) => {
    setChosen(row)
    onSameAs(row?.id)
  }
  return (
    <>
      <HouseholdChoice
        province={household.province}
        label={text.sameAs}
        except={household.id}
        candidates={[]}
        words={words}
        chosen={chosen}
        onType={setWords}
        onChoose={choose}
        fault={fault}
      />
      {sameAs !== undefined && (
        <ButtonRow>
          {/* A draft keeps the choice and not the name, and looking at a household leaves a trace. */}
          <TextLink href={householdAddress({ province: household.province, id: sameAs })}>{text.openSame}</TextLink>
          <Button size="small" icon="cross" onPress={() => choose(null)}>
            {text.clearSame}
          </Button>
        </ButtonRow>
      )}
    </>
  )
}
