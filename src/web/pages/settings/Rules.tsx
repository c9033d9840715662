/** The rules that are data: what holds in a place, one tab for each kind, edited without a line of code. */
import { useQuery } from '@tanstack/react-query'
import { listList } from '../../../contract/lists.ts'
import type { OutputOf } from '../../../contract/route.ts'
import { ruleList } from '../../../contract/rules.ts'
import { ruleKinds, type RuleKind } from '../../../domain/logbook/rules/index.ts'
import { ask } from '../../api.ts'
import { usePerson } from '../../session.tsx'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { ruleText } from '../../text/rule.ts'
import { Notice } from '../../ui/Feedback.tsx'
import { Tabs } from '../../ui/Navigation.tsx'
import { FilterBar, PageHeader, Stack } from '../../ui/Page.tsx'
import { useAddress } from '../shared/address.ts'
import { Answered } from '../shared/Answered.tsx'
import { AreaFilter } from '../shared/AreaFilter.tsx'
import { RuleKindPanel } from './rules/RuleKindPanel.tsx'

export type RulesAnswer = OutputOf<typeof ruleList>

const settlingLookMs = 2000

export default function Rules() {
  const text = useText(ruleText)
  const [area, setArea] = useOwner()
  const [{ kind }, setAddress] = useAddress(['kind'])
  const query = useQuery({
    queryKey: ['rule.list', area],
    queryFn: () => ask(ruleList, { area }),
    refetchInterval: ({ state }) => (state.data?.isSettling ? settlingLookMs : false),
  })
  const lists = useListOptions(area)
  return (
    <>
      <PageHeader title={text.title} lead={text.lead} />
      <Stack>
        <FilterBar label={text.owner}>
          <AreaFilter label={text.owner} value={area} deepest="province" onChange={setArea} />
        </FilterBar>
        <Answered query={query}>
          {(answer) => (
            <Stack>
              {answer.isSettling && <Notice isLive>{text.isSettling}</Notice>}
              {!answer.mayEdit && <Notice>{text.mayNotEdit}</Notice>}
              <Tabs
                label={text.title}
                selected={ruleKinds.find((one) => one === kind) ?? ruleKinds[0]}
                onSelect={(id) => setAddress({ kind: id })}
                tabs={ruleKinds.map((id) => ({
                  id,
                  label: text.kinds[id],
                  content: <RuleKindPanel key={keyOf(answer, area, id)} kind={id} {...{ answer, area, lists }} />,
                }))}
              />
            </Stack>
          )}
        </Answered>
      </Stack>
    </>
  )
}

/** Another place or another version begins with what is saved there. */
function keyOf(answer: RulesAnswer, area: string, kind: RuleKind): string {
  return `${area} ${kind} ${answer.kinds.find((one) => one.kind === kind)?.version}`
}

/** Whose rules are shown: of the address, else the person's own province. */
export function useOwner(): [string, (area: string) => void] {
  const { homeArea } = usePerson()
  const [{ area }, setAddress] = useAddress(['area'])
  const shown = area === 'nation' ? '' : (area || homeArea).slice(0, 2)
  return [shown, (code) => setAddress({ area: code || 'nation' })]
}

function useListOptions(area: string) {
  const { locale } = useFormat()
  const { data } = useQuery({ queryKey: ['list.list', area], queryFn: () => ask(listList, { area }) })
  return (data?.lists ?? []).map((list) => ({ id: list.code, label: locale === 'th' ? list.nameTh : list.nameEn }))
}
