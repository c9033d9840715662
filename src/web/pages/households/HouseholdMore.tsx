/** What is rarely done with a household: merge, withdraw, restore. */
import { useState } from 'react'
import { useLocation } from 'wouter'
import { householdRestore, type HouseholdView, householdWithdraw } from '../../../contract/households.ts'
import { ask } from '../../api.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { householdText } from '../../text/household.ts'
import { useProblemToast } from './useProblemToast.ts'
import { Button } from '../../ui/Button.tsx'
import { MenuButton, type MenuEntry } from '../../ui/Overlay.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { householdAddress } from './address.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import { useHouseholdChanged } from './useHouseholdChanged.ts'

export function HouseholdMore({ household }: { household: HouseholdView }) {
  const text = useText(householdText).page
  const common = useText(commonText)
  const [, navigate] = useLocation()
  const changed = useHouseholdChanged()
  const tellProblem = useProblemToast()
  const [asking, setAsking] = useState<'withdraw' | 'restore' | null>(null)
  const { province, id, version, state, may } = household
  const isActive = state === 'active'
  const entries: MenuEntry[] = [
    ...(may.merge && isActive
      ? [
          {
            id: 'merge',
            label: text.merge,
            icon: 'household' as const,
            onAction: () => navigate(`${householdAddress(household)}/merge`),
          },
        ]
      : []),
    { id: 'print', label: text.print, icon: 'file', onAction: () => window.print() },
    ...(may.edit && isActive
      ? [
          {
            id: 'withdraw',
            label: text.withdraw,
            icon: 'cross' as const,
            isDanger: true,
            beginsGroup: true,
            onAction: () => setAsking('withdraw'),
          },
        ]
      : []),
  ]
  return (
    <>
      {may.edit && state === 'withdrawn' && (
        <Button kind="primary" icon="undo" onPress={() => setAsking('restore')}>
          {text.restore}
        </Button>
      )}
      <MenuButton label={common.more} entries={entries} />
      {asking === 'withdraw' && (
        <ReasonDialog
          title={text.withdrawTitle}
          lead={text.withdrawLead}
          action={text.withdraw}
          kind="danger"
          onClose={() => setAsking(null)}
          onConfirm={async (reason) => {
            const withdrawn = await ask(householdWithdraw, { province, id, version, reason })
            await changed(withdrawn)
            showToast({
              message: text.withdrawn,
              onUndo: () => void restore(withdrawn.version, text.undoReason).catch(tellProblem),
            })
          }}
        />
      )}
      {asking === 'restore' && (
        <ReasonDialog
          title={text.restoreTitle}
          action={text.restore}
          onClose={() => setAsking(null)}
          onConfirm={(reason) => restore(version, reason)}
        />
      )}
    </>
  )

  async function restore(versionNow: number, reason: string): Promise<void> {
    const restored = await ask(householdRestore, { province, id, version: versionNow, reason })
    await changed(restored)
    showToast({ message: text.restored })
  }
}
