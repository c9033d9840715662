import { useLocation } from 'wouter'
import { listCreate } from '../../../contract/lists.ts'
import { useText } from '../../text/dictionary.ts'
import { listText } from '../../text/list.ts'
import { Card, PageHeader } from '../../ui/Page.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { useAreaName } from '../shared/AreaFilter.tsx'
import { useWrite } from '../shared/write.ts'
import { ListForm } from './ListForm.tsx'
import { useListArea } from './Lists.tsx'

/** Adds a list of a province, or of the nation. */
export default function NewList() {
  const text = useText(listText)
  const [, navigate] = useLocation()
  const [area] = useListArea()
  const province = area.slice(0, 2)
  const name = useAreaName(province)
  const { send, isSending, problem } = useWrite(listCreate, ({ list }) => {
    showToast({ message: text.added })
    navigate(`/lists/${list.code}?area=${province || 'nation'}`)
  })
  return (
    <>
      <PageHeader
        title={text.add}
        lead={text.addLead(name)}
        crumbs={[{ label: text.title, href: '/lists' }, { label: text.add }]}
      />
      <Card>
        <ListForm
          label={text.add}
          problem={problem}
          isSending={isSending}
          onSend={(facts) => send({ area: province, ...facts })}
          onCancel={() => navigate('/lists')}
        />
      </Card>
    </>
  )
}
