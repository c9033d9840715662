/** The file beside the registry, fact by fact and member by member; what differs is said in a word and tinted. */
import type { ImportRow } from '../../../contract/import-rows.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { importQueueText } from '../../text/importQueue.ts'
import { importFieldText } from '../../text/importWords.ts'
import { Notice, StateMark, type Tone } from '../../ui/Feedback.tsx'
import type { IconName } from '../../ui/Icon.tsx'
import { useListName } from './batch.ts'
import { Place } from './BatchFacts.tsx'
import { type Agreement, compareHouseholds, fullName, type Member, pairMembers } from './comparison.ts'

const agreementMarks: Readonly<Record<Agreement, { tone: Tone; icon: IconName }>> = {
  differs: { tone: 'attention', icon: 'triangle' },
  same: { tone: 'neutral', icon: 'check' },
  onlyFile: { tone: 'info', icon: 'file' },
  onlyRegistry: { tone: 'info', icon: 'household' },
}

export function TwoSides({ row }: { row: ImportRow }) {
  const text = useText(importQueueText)
  const { names, sexes } = useText(importFieldText)
  const format = useFormat()
  const labels: Readonly<Record<string, string>> = names
  const listName = useListName()
  const hasRegistry = row.candidate !== null
  const facts = compareHouseholds(row)
  const members = pairMembers(row.members, row.candidate?.members ?? [])

  function memberFacts(member: Member | null) {
    if (!member) return '–'
    const born = member.birthDate && format.date(member.birthDate, { precision: member.birthPrecision ?? 'day' })
    const details = [member.relation, member.sex && sexes[member.sex], born].filter(Boolean)
    return (
      <>
        <strong>{fullName(member)}</strong>
        {details.length > 0 && <span className="sides-details">{details.join(' · ')}</span>}
        {member.nationalIdMasked && <span className="sides-details number">{member.nationalIdMasked}</span>}
      </>
    )
  }

  return (
    <>
      {!hasRegistry && row.reason === 'standsElsewhere' && <Notice tone="attention">{text.hidden}</Notice>}
      {row.isCandidateHidden && <Notice tone="attention">{text.leftToAbove}</Notice>}
      {!hasRegistry && !row.isCandidateHidden && row.reason !== 'standsElsewhere' && row.duplicateOf === null && (
        <p className="soft">{text.noCandidate}</p>
      )}
      <table className="sides" data-one-side={!hasRegistry || undefined}>
        <thead>
          <tr>
            <th scope="col">{text.field}</th>
            <th scope="col">{text.file}</th>
            {hasRegistry && (
              <>
                <th scope="col">{text.registry}</th>
                <th scope="col" className="sides-mark">
                  {text.agreement}
                </th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {facts.map(({ field, file, registry, agreement, takes }) => (
            <tr key={field} data-agreement={hasRegistry ? agreement : undefined}>
              <th scope="row">{labels[field] ?? field}</th>
              <td data-label={text.file}>
                {field === 'areaCode' ? <Place household={row.household} /> : (file ?? '–')}
                {takes === true && <span className="sides-note">{text.wouldTake}</span>}
              </td>
              {row.candidate && (
                <>
                  <td data-label={text.registry}>
                    {field === 'areaCode' ? <Place household={row.candidate.household} /> : (registry ?? '–')}
                    {takes === false && <span className="sides-note">{text.wouldKeep}</span>}
                  </td>
                  <td className="sides-mark">
                    <StateMark {...agreementMarks[agreement]}>{text[agreement]}</StateMark>
                  </td>
                </>
              )}
            </tr>
          ))}
          {row.candidate && row.candidate.lists.length > 0 && (
            <tr>
              <th scope="row">{text.lists}</th>
              <td data-label={text.file}>–</td>
              <td data-label={text.registry}>{row.candidate.lists.map(listName).join(', ')}</td>
              <td className="sides-mark">
                <StateMark {...agreementMarks.onlyRegistry}>{text.onlyRegistry}</StateMark>
              </td>
            </tr>
          )}
        </tbody>
        <tbody>
          <tr className="sides-part">
            <th scope="rowgroup" colSpan={hasRegistry ? 4 : 2}>
              {text.members}
            </th>
          </tr>
          {members.map(({ file, registry }, index) => {
            const agreement: Agreement = file && registry ? 'same' : file ? 'onlyFile' : 'onlyRegistry'
            return (
              <tr key={index} data-agreement={hasRegistry ? agreement : undefined}>
                <th scope="row">
                  <span className="number">{index + 1}</span>
                </th>
                <td data-label={text.file}>{memberFacts(file)}</td>
                {hasRegistry && (
                  <>
                    <td data-label={text.registry}>{memberFacts(registry)}</td>
                    <td className="sides-mark">
                      <StateMark {...agreementMarks[agreement]}>
                        {agreement === 'same' ? text.memberBoth : text[agreement]}
                      </StateMark>
                    </td>
                  </>
                )}
              </tr>
            )
          })}
        </tbody>
      </table>
    </>
  )
}
