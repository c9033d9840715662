/** One kind of rules: its editor, saving a new version with a reason, and the versions before it. */
import { useState } from 'react'
import { ruleSave } from '../../../../contract/rules.ts'
import { ruleSchemas, type RuleKind, type Rules } from '../../../../domain/logbook/rules/index.ts'
import { useText } from '../../../text/dictionary.ts'
import { useFormat } from '../../../text/format.ts'
import { ruleText } from '../../../text/rule.ts'
import { settingsText } from '../../../text/settings.ts'
import { Button, ButtonRow } from '../../../ui/Button.tsx'
import type { Option } from '../../../ui/Choice.tsx'
import { Notice, ProblemAlert, StateMark } from '../../../ui/Feedback.tsx'
import { Card, Form, Stack } from '../../../ui/Page.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { showToast } from '../../../ui/Toast.tsx'
import { useWrite } from '../../shared/write.ts'
import type { RulesAnswer } from '../Rules.tsx'
import { useRuleFaults } from './faults.ts'
import { History } from './History.tsx'
import { KindEditor } from './KindEditor.tsx'

export interface RuleKindPanelProps {
  kind: RuleKind
  answer: RulesAnswer
  area: string
  lists: readonly Option[]
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
      <KindEditor key={round} {...{ kind, rules, lists }} value={draft} onChange={answer.mayEdit ? setDraft : null} />
      {answer.mayEdit && (
        <SaveVersion
          {...{ kind, area, draft, isChanged, after: version }}
          onPutBack={() => begin(rules[kind])}
          onDefaults={isSame(draft, answer.defaults[kind]) ? null : () => begin((answer.defaults as Rules)[kind])}
        />
      )}
      <History {...{ kind, area, rules, lists, history }} current={version} />
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
