/** The versions of a kind of rules: whose, when, by whom and why, and what each of them said. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ruleShow, type RuleVersion } from '../../../../contract/rules.ts'
import type { RuleKind, Rules } from '../../../../domain/logbook/rules/index.ts'
import { ask } from '../../../api.ts'
import { useText } from '../../../text/dictionary.ts'
import { useFormat } from '../../../text/format.ts'
import { ruleText } from '../../../text/rule.ts'
import { Button } from '../../../ui/Button.tsx'
import type { Option } from '../../../ui/Choice.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { Disclosure } from '../../../ui/Navigation.tsx'
import { Dialog } from '../../../ui/Overlay.tsx'
import { Stack } from '../../../ui/Page.tsx'
import { Answered } from '../../shared/Answered.tsx'
import { useAreaName } from '../../shared/AreaFilter.tsx'
import { KindEditor } from './KindEditor.tsx'

export interface HistoryProps {
  kind: RuleKind
  area: string
  /** What holds now, of every kind. */
  rules: Rules
  lists: readonly Option[]
  history: readonly RuleVersion[]
  /** The number of the version that holds. */
  current: number
}

export function History({ history, current, ...place }: HistoryProps) {
  const text = useText(ruleText)
  const format = useFormat()
  const [read, setRead] = useState<RuleVersion | null>(null)
  const nameOf = ({ version }: RuleVersion) => text.versionNumber(format.number(version))
  const inForce = history.find(({ version }) => version === current)
  return (
    <>
      <Disclosure title={`${text.history} · ${text.inForce(format.number(inForce?.version ?? 0))}`}>
        <DataTable
          caption={text.history}
          rows={history}
          rowKey={(row) => `${row.area} ${row.version}`}
          columns={[
            { id: 'version', header: text.version, cell: nameOf },
            { id: 'whose', header: text.whose, cell: ({ area }) => <Whose area={area} /> },
            {
              id: 'at',
              header: text.savedAt,
              cell: ({ savedAt }) => (savedAt === null ? '–' : format.moment(savedAt)),
            },
            { id: 'by', header: text.savedBy, cell: ({ savedBy }) => savedBy ?? '–' },
            { id: 'reason', header: text.reason, cell: ({ reason }) => reason ?? '–' },
            {
              id: 'content',
              header: text.content,
              cell: (row) => (
                <Button size="small" aria-label={text.readVersion(nameOf(row))} onPress={() => setRead(row)}>
                  {text.read}
                </Button>
              ),
            },
          ]}
        />
      </Disclosure>
      {read && (
        <Dialog size="wide" title={nameOf(read)} isOpen onOpenChange={(isOpen) => !isOpen && setRead(null)}>
          {/* It is longer than the dialog and has nothing to press, so the keyboard must be able to reach it. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <section tabIndex={0} aria-label={nameOf(read)}>
            <Version {...place} version={read} />
          </section>
        </Dialog>
      )}
    </>
  )
}

/** What a version said, only to be read. */
function Version({
  kind,
  area,
  rules,
  lists,
  version,
}: Omit<HistoryProps, 'history' | 'current'> & { version: RuleVersion }) {
  const text = useText(ruleText)
  const format = useFormat()
  const found = useQuery({
    queryKey: ['rule.show', kind, area, version.version],
    queryFn: ({ signal }) => ask(ruleShow, { kind, area, version: version.version }, { signal }),
    // A version never changes.
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Stack>
      <div>
        <p>
          {text.kinds[kind]} · <Whose area={version.area} />
        </p>
        {version.savedAt !== null && (
          <p className="soft">
            {[format.moment(version.savedAt), version.savedBy, version.reason].filter(Boolean).join(' · ')}
          </p>
        )}
      </div>
      <Answered query={found}>
        {(answer) => {
          const said = { ...rules, ...(answer.rules as Partial<Rules>) }
          return <KindEditor kind={kind} value={said[kind]} onChange={null} rules={said} lists={lists} />
        }}
      </Answered>
    </Stack>
  )
}

function Whose({ area }: { area: string | null }) {
  const text = useText(ruleText)
  const name = useAreaName(area ?? '')
  if (area === null) return text.shipped
  return area === '' ? text.ofNation : text.ofPlace(name)
}
