import type { HouseholdView } from '../../../contract/households.ts'
import { formatHouseCode } from '../../../domain/house-code.ts'
import { addressLine } from '../../text/area.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { householdText } from '../../text/household.ts'
import { importFieldText } from '../../text/importWords.ts'
import { KeyValueList } from '../../ui/Facts.tsx'
import { Section } from '../../ui/Page.tsx'

export function HouseholdFactsCard({ household }: { household: HouseholdView }) {
  const text = useText(householdText).page
  const names = useText(importFieldText).names
  const format = useFormat()
  const { facts, place, centre, members } = household
  const differs = facts.memberCount !== null && facts.memberCount !== members.length
  return (
    <Section title={text.facts} lead={text.asOf(format.date(household.asOf))}>
      <KeyValueList
        items={[
          { label: text.address, value: addressLine(facts, place, format.locale) },
          {
            label: names.houseCode,
            value: facts.houseCode && <span className="number">{formatHouseCode(facts.houseCode)}</span>,
          },
          { label: names.familyNumber, value: facts.familyNumber },
          { label: names.phone, value: facts.phone && <a href={`tel:${facts.phone}`}>{facts.phone}</a> },
          {
            label: text.map,
            value: facts.latitude !== null && facts.longitude !== null && (
              <span className="number">
                {facts.latitude.toFixed(5)}, {facts.longitude.toFixed(5)}
              </span>
            ),
          },
          {
            label: text.memberCountOfList,
            value: facts.memberCount !== null && (
              <>
                {format.number(facts.memberCount)}
                {differs && (
                  <span className="fine-print">{text.memberCountDiffers(format.number(members.length))}</span>
                )}
              </>
            ),
          },
          { label: text.centre, value: centre?.shortName },
          { label: names.note, value: facts.note },
        ].map(({ label, value }) => ({ label, value: value || null }))}
      />
    </Section>
  )
}
