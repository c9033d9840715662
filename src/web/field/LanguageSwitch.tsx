import { useText } from '../text/dictionary.ts'
import { fieldText } from '../text/field.ts'
import { setLocale, useLocale } from '../text/locale.ts'

/** The other language, at a touch. */
export function LanguageSwitch() {
  const { languages } = useText(fieldText).settings
  const other = useLocale() === 'th' ? 'en' : 'th'
  return (
    <button type="button" className="button language" data-kind="quiet" lang={other} onClick={() => setLocale(other)}>
      {languages[other]}
    </button>
  )
}
