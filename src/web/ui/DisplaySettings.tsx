/** Language, colour of the screen and size of the words; kept on this device. */
import { commonText } from '../text/common.ts'
import { useText } from '../text/dictionary.ts'
import { setLocale, useLocale } from '../text/locale.ts'
import { RadioGroup } from './Choice.tsx'
import { PopoverButton } from './Overlay.tsx'
import { setPreferences, textSizes, themes, usePreferences } from './preferences.ts'

export function DisplaySettings() {
  const text = useText(commonText)
  return (
    <PopoverButton label={text.settings} icon="display">
      <DisplayChoices />
    </PopoverButton>
  )
}

export function DisplayChoices() {
  const text = useText(commonText)
  const { theme, textSize } = usePreferences()
  return (
    <>
      <RadioGroup
        label={text.theme}
        value={theme}
        onChange={(id) => setPreferences({ theme: themes.find((one) => one === id) ?? 'system' })}
        options={[
          { id: 'system', label: text.themeSystem },
          { id: 'light', label: text.themeLight },
          { id: 'dark', label: text.themeDark },
        ]}
      />
      <RadioGroup
        label={text.textSize}
        value={textSize}
        onChange={(id) => setPreferences({ textSize: textSizes.find((one) => one === id) ?? 'normal' })}
        options={[
          { id: 'normal', label: text.textNormal },
          { id: 'large', label: text.textLarge },
          { id: 'largest', label: text.textLargest },
        ]}
      />
    </>
  )
}

/** ไทย / English, each in its own language, always in sight. */
export function LanguageSwitch() {
  const text = useText(commonText)
  const locale = useLocale()
  return (
    <fieldset className="language-switch" aria-label={text.language}>
      <button type="button" lang="th" aria-pressed={locale === 'th'} onClick={() => setLocale('th')}>
        ไทย
      </button>
      <button type="button" lang="en" aria-pressed={locale === 'en'} onClick={() => setLocale('en')}>
        English
      </button>
    </fieldset>
  )
}
