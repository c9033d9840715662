/** One kind of rules: its editor, saving a new version with a reason, and the versions before it. */
import { type ReactNode, useState } from 'react'
import { ruleSave, type RuleVersion } from '../../../../contract/rules.ts'
import { ruleSchemas, type RuleKind, type Rules } from '../../../../domain/logbook/rules/index.ts'
import { useText } from '../../../text/dictionary.ts'
import { useFormat } from '../../../text/format.ts'
import { ruleText } from '../../../text/rule.ts'
import { settingsText } from '../../../text/settings.ts'
import { Button, ButtonRow } from '../../../ui/Button.tsx'
import type { Option } from '../../../ui/Choice.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { Notice, ProblemAlert, StateMark } from '../../../ui/Feedback.tsx'
import { Disclosure } from '../../../ui/Navigation.tsx'
import { Card, Form, Stack } from '../../../ui/Page.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { showToast } from '../../../ui/Toast.tsx'
import { useAreaName } from '../../shared/AreaFilter.tsx'
import { useWrite } from '../../shared/write.ts'
import type { RulesAnswer } from '../Rules.tsx'
import { ClassesEditor } from './ClassesEditor.tsx'
import { DutyEditor } from './DutyEditor.tsx'
import { FactsEditor } from './FactsEditor.tsx'
import { useRuleFaults } from './faults.ts'
import { FourTEditor } from './FourTEditor.tsx'
import { MilestonesEditor } from './MilestonesEditor.tsx'
import { OutcomesEditor } from './OutcomesEditor.tsx'
import type { EditorProps } from './editors.ts'

export interface RuleKindPanelProps {
  kind: RuleKind
  answer: RulesAnswer
  area: string
  lists: readonly Option[]
}

const editors: { [Kind in RuleKind]: (props: EditorProps<Rules[Kind]>) => ReactNode } = {
  fourT: FourTEditor,
  outcomes: OutcomesEditor,
  facts: FactsEditor,
  milestones: MilestonesEditor,
  duty: DutyEditor,
  classes: ClassesEditor,
}

/** Kinds of which something is stored beside every household. */
const settling: readonly RuleKind[] = ['facts', 'outcomes', 'duty']
const shortestReason = 3

export function RuleKindPanel({ kind, answer, area, lists }: RuleKindPanelProps) {
  const text = useText(ruleText)
  const settings = useText(settingsText)
  const rules = answer.current as Rules
  const { version, history } = answer.kinds.find((one) => one.kind === kind)!
  const [draft, setDraft] = useState<Rules[RuleKind]>(rules[kind])
  // The editor keeps what is half typed; putting back begins it anew.
  const [round, setRound] = useState(0)
  const Editor = editors[kind] as (props: EditorProps<Rules[RuleKind]>) => ReactNode
  const isChanged = !isSame(draft, rules[kind])
  const begin = (content: Rules[RuleKind]) => {
    setDraft(content)
    setRound(round + 1)
  }
  return (
    <Stack gap="large">
      <div>
        <p>{text.leads[kind]}</p>
        <p>
          <StateMark tone="info">{settings.assumption}</StateMark>{' '}
          <span className="soft">{text.assumptions[kind]}</span>
        </p>
      </div>
      <Editor key={round} value={draft} onChange={answer.mayEdit ? setDraft : null} rules={rules} lists={lists} />
      {answer.mayEdit && (
        <SaveVersion
          {...{ kind, area, draft, isChanged, after: version }}
          onPutBack={() => begin(rules[kind])}
          onDefaults={isSame(draft, answer.defaults[kind]) ? null : () => begin((answer.defaults as Rules)[kind])}
        />
      )}
      <History history={history} current={version} />
    </Stack>
  )
}

interface SaveVersionProps {
  kind: RuleKind
  area: string
  draft: Rules[RuleKind]
  isChanged: boolean
  after: number
  onPutBack: () => void
  onDefaults: (() => void) | null
}

function SaveVersion({ kind, area, draft, isChanged, after, onPutBack, onDefaults }: SaveVersionProps) {
  const text = useText(ruleText)
  const { locale } = useFormat()
  const { ofIssues, ofFields } = useRuleFaults()
  const [reason, setReason] = useState('')
  const [wasTried, setTried] = useState(false)
  const { send, isSending, problem } = useWrite(ruleSave, () => showToast({ message: text.saved }))
  const parsed = ruleSchemas[kind].safeParse(draft)
  const isReasonGiven = reason.trim().length >= shortestReason
  const nameOfPath = (path: readonly PropertyKey[]) => nameOfItem(draft, path, locale)
  const faults = !wasTried
    ? []
    : parsed.success
      ? ofFields(problem?.details?.['fields'], nameOfPath)
      : ofIssues(parsed.error.issues, nameOfPath)
  return (
    <Card>
      <Form
        label={text.saveVersion}
        onSubmit={() => {
          setTried(true)
          if (!parsed.success || !isReasonGiven || isSending || !isChanged) return
          send({ kind, area, after, reason, content: parsed.data })
        }}
      >
        {isChanged && (
          <Notice tone="attention" isLive>
            {text.notSaved}
          </Notice>
        )}
        {problem && <ProblemAlert problem={problem} />}
        {faults.length > 0 && (
          <Notice tone="danger" title={text.faultsTitle} isLive>
            {faults.map((fault) => (
              <p key={fault}>{fault}</p>
            ))}
          </Notice>
        )}
        {settling.includes(kind) && <p className="soft">{text.settles}</p>}
        <TextField
          label={text.reason}
          hint={text.reasonHint}
          name="reason"
          maxLength={300}
          value={reason}
          onChange={setReason}
          fault={wasTried && isChanged && !isReasonGiven ? text.reasonFault : null}
        />
        <ButtonRow>
          <Button type="submit" kind="primary" isPending={isSending} isDisabled={!isChanged}>
            {text.saveVersion}
          </Button>
          <Button icon="undo" isDisabled={!isChanged} onPress={onPutBack}>
            {text.putBack}
          </Button>
          <Button isDisabled={onDefaults === null} onPress={() => onDefaults?.()}>
            {text.takeDefaults}
          </Button>
        </ButtonRow>
      </Form>
    </Card>
  )
}

function History({ history, current }: { history: readonly RuleVersion[]; current: number }) {
  const text = useText(ruleText)
  const format = useFormat()
  const inForce = history.find(({ version }) => version === current)
  return (
    <Disclosure title={`${text.history} · ${text.inForce(format.number(inForce?.version ?? 0))}`}>
      <DataTable
        caption={text.history}
        rows={history}
        rowKey={(row) => `${row.area} ${row.version}`}
        columns={[
          { id: 'version', header: text.version, cell: ({ version }) => text.versionNumber(format.number(version)) },
          { id: 'whose', header: text.whose, cell: ({ area }) => <Whose area={area} /> },
          { id: 'at', header: text.savedAt, cell: ({ savedAt }) => (savedAt === null ? '–' : format.moment(savedAt)) },
          { id: 'by', header: text.savedBy, cell: ({ savedBy }) => savedBy ?? '–' },
          { id: 'reason', header: text.reason, cell: ({ reason }) => reason ?? '–' },
        ]}
      />
    </Disclosure>
  )
}

function Whose({ area }: { area: string | null }) {
  const text = useText(ruleText)
  const name = useAreaName(area ?? '')
  if (area === null) return text.shipped
  return area === '' ? text.ofNation : text.ofPlace(name)
}

/** The name of the item that a path leads to: `3.share` of milestones, `skill.1.th` of the choices. */
function nameOfItem(content: unknown, path: readonly PropertyKey[], locale: 'th' | 'en'): string | null {
  let at: unknown = content
  let name: string | null = null
  for (const part of path) {
    if (typeof at !== 'object' || at === null) break
    // The server names what does not fit together by its code.
    at =
      Array.isArray(at) && typeof part === 'string' && !/^[0-9]+$/.test(part)
        ? at.find((one: { code?: unknown }) => one.code === part)
        : (at as Record<PropertyKey, unknown>)[part]
    if (typeof at === 'object' && at !== null && locale in at) name = String((at as Record<string, unknown>)[locale])
  }
  return name || null
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
