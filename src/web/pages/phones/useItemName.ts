/** An item of a phone in a few words: การลงพื้นที่ · นางสาวกตัญญู ฐูปะปั้น. */
import type { Unfiled } from '../../../contract/sync.ts'
import { useText } from '../../text/dictionary.ts'
import { entryText } from '../../text/entry.ts'
import { phoneText } from '../../text/phone.ts'

export function useItemKind(): (item: Pick<Unfiled, 'item' | 'kind'>) => string {
  const { kinds } = useText(phoneText).unfiled
  const entry = useText(entryText)
  return ({ item, kind }) => {
    if (item?.kind === 'entry') return entry.kinds[item.entry.kind]
    return kind === 'household' ? kinds.household : kinds.unknown
  }
}

export function useItemName(): (item: Unfiled) => string {
  const kindOf = useItemKind()
  return (item) => [kindOf(item), item.headName].filter(Boolean).join(' · ')
}
