/** Forms that were put aside, or that the phone died over: each goes on where it stood. */
import { useState } from 'react'
import { useText } from '../text/dictionary.ts'
import { fieldText } from '../text/field.ts'
import { fieldFormText } from '../text/fieldForm.ts'
import { useFormat } from '../text/format.ts'
import { Icon } from '../ui/Icon.tsx'
import { formOf, placeOfForm } from './forms.ts'
import { ifNowhereElse } from './OneWindow.tsx'
import { Button } from './parts.tsx'
import { useDrafts, useHouseholds, usePhone } from './phone.tsx'
import { clockTime } from './StatusBar.tsx'
import { go } from './router.ts'
import { dropForm } from './photos.ts'

export function UnfinishedForms() {
  const phone = usePhone()
  const drafts = useDrafts()
  const households = useHouseholds()
  const text = useText(fieldText)
  const forms = useText(fieldFormText)
  const format = useFormat()
  const [thrown, setThrown] = useState<readonly string[]>([])
  const open = (drafts ?? []).flatMap(({ name, savedAt }) => {
    const form = formOf(name)
    return form && !thrown.includes(name) ? [{ name, savedAt, form }] : []
  })
  if (open.length === 0) return null
  const titles = {
    visit: forms.summary.visit,
    help: forms.help.title,
    found: forms.found.title,
    correct: text.household.correct,
  }
  return (
    <section className="unfinished" aria-label={text.today.draft}>
      <h2>{text.today.draft}</h2>
      <ul className="rows">
        {open.map(({ name, savedAt, form }) => {
          const of = 'id' in form ? households?.find(({ id }) => id === form.id)?.headName : null
          return (
            <li key={name} className="unfinished-form">
              <p>
                <Icon name="edit" size="sm" /> <strong>{titles[form.kind]}</strong> {of}
                <span className="soft"> · {clockTime(savedAt, format)}</span>
              </p>
              <div className="pair">
                <Button kind="primary" onPress={() => go(placeOfForm(form))}>
                  {text.today.goOn}
                </Button>
                <Button
                  kind="quiet"
                  onPress={() => {
                    const drop = () => {
                      setThrown((before) => [...before, name])
                      return dropForm(phone, name)
                    }
                    // Open in another window: that is said, and nothing is thrown away under its hands.
                    void ifNowhereElse(name, drop).then((isDone) => isDone || go(placeOfForm(form)))
                  }}
                >
                  {text.today.throwAway}
                </Button>
              </div>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
