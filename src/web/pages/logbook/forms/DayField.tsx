/** A whole day in the Buddhist era. */
import { BuddhistDateField, type BuddhistDateFieldProps } from '../../../ui/BuddhistDateField.tsx'
import { isDay, unreadableDay } from '../typed.ts'

export interface DayFieldProps extends Omit<BuddhistDateFieldProps, 'defaultValue' | 'onChange'> {
  /** Begins with this day (ISO). */
  day: string | null
  /** Null while nothing is typed, `unreadableDay` while the parts do not make a whole day. */
  onDay: (day: string | null) => void
}

export function DayField({ day, onDay, ...field }: DayFieldProps) {
  return (
    <BuddhistDateField
      {...field}
      defaultValue={isDay(day) ? { date: day, precision: 'day' } : null}
      onChange={(value) => {
        if (value === null) onDay(null)
        // Half a day is not dropped without a word: saving asks for the rest.
        else onDay(value !== 'unreadable' && value.precision === 'day' ? value.date : unreadableDay)
      }}
    />
  )
}
