/** Whose it is: the whole household's, or one member's. */
import { useText } from '../../../text/dictionary.ts'
import { entryFormText } from '../../../text/entryForm.ts'
import { Select } from '../../../ui/Choice.tsx'
import type { Scene } from './fields.ts'

const whole = 'whole'

export interface MemberSelectProps {
  scene: Scene
  memberId: string | null
  onMember: (memberId: string | null) => void
}

export function MemberSelect({ scene, memberId, onMember }: MemberSelectProps) {
  const text = useText(entryFormText).members
  return (
    <Select
      label={text.label}
      options={[{ id: whole, label: text.whole }, ...scene.members.map(({ id, name }) => ({ id, label: name }))]}
      value={memberId ?? whole}
      onChange={(id) => onMember(id === whole ? null : id)}
    />
  )
}
