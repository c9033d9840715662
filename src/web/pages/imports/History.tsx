/** Who did what with the batch, and when: the audit's own entries where the person may see them, else the main moments. */
import { useQuery } from '@tanstack/react-query'
import { auditList } from '../../../contract/audit.ts'
import type { Batch } from '../../../contract/imports.ts'
import { ask } from '../../api.ts'
import { useMay } from '../../session.tsx'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { importResultText } from '../../text/importResult.ts'
import { Timeline, type TimelineEvent } from '../../ui/Facts.tsx'
import { Card } from '../../ui/Page.tsx'
import type { IconName } from '../../ui/Icon.tsx'

const icons: Partial<Record<string, IconName>> = {
  'import.create': 'import',
  'import.map': 'edit',
  'import.start': 'search',
  'import.detected': 'search',
  'import.staged': 'list',
  'import.judged': 'check',
  'import.commitRange': 'household',
  'import.undoRange': 'undo',
  'import.decide': 'check',
  'import.decideAll': 'check',
  'import.commit': 'import',
  'import.cancel': 'cross',
  'import.undo': 'undo',
  'import.rejects': 'download',
}

export function History({ batch }: { batch: Batch }) {
  const text = useText(importResultText)
  const format = useFormat()
  const mayRead = useMay('audit.read')
  const entries = useQuery({
    queryKey: ['import.history', batch.id, batch.state],
    queryFn: ({ signal }) =>
      ask(auditList, { subjectId: batch.id, action: 'import.', areaCode: batch.areaCode, limit: 50 }, { signal }),
    enabled: mayRead,
    retry: false,
  }).data?.entries
  const acts: Readonly<Record<string, string>> = text.acts
  const events: TimelineEvent[] = entries?.length
    ? joined(entries).map(({ id, at, person, action, times }) => ({
        id,
        when: format.moment(at),
        title: (acts[action] ?? action) + (times > 1 ? ` × ${format.number(times)}` : ''),
        who: person?.name ?? text.byProgram,
        icon: icons[action] ?? 'circle',
      }))
    : mainMoments()

  function mainMoments(): TimelineEvent[] {
    const moments: readonly [keyof typeof text.acts, string | null, IconName, boolean][] = [
      ['undone', batch.undoneAt, 'undo', false],
      ['committed', batch.committedAt, 'check', false],
      ['created', batch.createdAt, 'import', true],
    ]
    return moments.flatMap(([act, at, icon, isOwn]) =>
      at
        ? [{ id: act, title: text.acts[act], when: format.moment(at), icon, ...(isOwn && { who: batch.accountName }) }]
        : [],
    )
  }

  return (
    <Card title={text.history}>
      <Timeline events={events} />
    </Card>
  )
}

interface Entry {
  id: string
  at: string
  person: { id: string; name: string } | null
  action: string
}

/** Several of the same act by one person in a row are one line. */
function joined(entries: readonly Entry[]): (Entry & { times: number })[] {
  const lines: (Entry & { times: number })[] = []
  for (const entry of entries) {
    const last = lines.at(-1)
    if (last && last.action === entry.action && last.person?.id === entry.person?.id) last.times += 1
    else lines.push({ ...entry, times: 1 })
  }
  return lines
}
