/** Somebody corrected the same entry meanwhile: theirs is shown beside what was typed, and the person decides. */
import type { EntryView } from '../../../contract/logbook.ts'
import { useText } from '../../text/dictionary.ts'
import { entryFormText } from '../../text/entryForm.ts'
import { useFormat } from '../../text/format.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Feedback.tsx'
import { EntryContent } from './EntryContent.tsx'
import type { Scene } from './forms/fields.ts'

export interface ConflictProps {
  scene: Scene
  latest: EntryView
  onKeepMine: () => void
  onTakeTheirs: () => void
}

export function Conflict({ scene, latest, onKeepMine, onTakeTheirs }: ConflictProps) {
  const text = useText(entryFormText).conflict
  const format = useFormat()
  const version = latest.versions.find(({ counts }) => counts) ?? latest.versions.at(-1)
  if (!version) return null
  return (
    <Notice
      tone="attention"
      isLive
      title={text.title}
      actions={
        <>
          <Button size="small" kind="primary" onPress={onKeepMine}>
            {text.keepMine}
          </Button>
          <Button size="small" onPress={onTakeTheirs}>
            {text.takeTheirs}
          </Button>
        </>
      }
    >
      <p>{text.lead}</p>
      <div className="conflict-theirs">
        <p className="soft">{text.theirs(version.by.name, format.moment(version.recordedAt))}</p>
        <EntryContent said={version.said} found={scene.found} members={scene.members} />
        {version.reason && <p className="soft">“{version.reason}”</p>}
      </div>
    </Notice>
  )
}
