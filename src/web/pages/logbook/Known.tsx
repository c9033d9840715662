/** Beside a form: what is open and what was recorded last, so that nobody asks a household twice. */
import type { CaseView } from '../../../contract/logbook.ts'
import { dimensionNames } from '../../../domain/logbook/indicators.ts'
import { useText } from '../../text/dictionary.ts'
import { entryText } from '../../text/entry.ts'
import { entryFormText } from '../../text/entryForm.ts'
import { useFormat } from '../../text/format.ts'
import { EntryContent } from './EntryContent.tsx'
import { ProblemStateMark } from './ProblemStateMark.tsx'
import { openProblems } from './typed.ts'

const entriesShown = 4

export function Known({ found, members }: { found: CaseView; members: readonly { id: string; name: string }[] }) {
  const form = useText(entryFormText)
  const words = useText(entryText)
  const format = useFormat()
  const open = openProblems(found.state)
  const latest = found.entries.filter(({ said }) => said !== null).slice(0, entriesShown)
  return (
    // It scrolls by itself, so the keyboard must be able to reach it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <aside className="card entry-known" data-size="small" aria-label={form.known} tabIndex={0}>
      <h2>{form.known}</h2>
      {open.length === 0 && latest.length === 0 && <p className="soft">{form.nothingKnown}</p>}
      {open.length > 0 && (
        <>
          <h3>{form.knownProblems}</h3>
          <ul className="known-problems">
            {open.map((problem) => (
              <li key={problem.id}>
                <span>
                  <span className="soft">{dimensionNames[problem.dimension][format.locale]}</span> {problem.problem}
                </span>
                <ProblemStateMark state={problem.state} />
              </li>
            ))}
          </ul>
        </>
      )}
      {latest.length > 0 && (
        <>
          <h3>{form.knownEntries}</h3>
          <ul className="known-entries">
            {latest.map((entry) => (
              <li key={entry.id}>
                <p>
                  <strong>{words.kinds[entry.kind]}</strong>{' '}
                  <span className="soft">
                    {format.date(entry.happenedOn)} · {entry.by.name}
                  </span>
                </p>
                <EntryContent said={entry.said} found={found} members={members} />
              </li>
            ))}
          </ul>
        </>
      )}
    </aside>
  )
}
