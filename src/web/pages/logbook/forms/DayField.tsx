/** A whole day in the Buddhist era; of a part of a day nothing is kept. */
import { BuddhistDateField, type BuddhistDateFieldProps } from '../../../ui/BuddhistDateField.tsx'

export interface DayFieldProps extends Omit<BuddhistDateFieldProps, 'defaultValue' | 'onChange'> {
  /** Begins with this day (ISO). */
  day: string | null
  /** Null while day, month and year do not make a day. */
  onDay: (day: string | null) => void
}

export function DayField({ day, onDay, ...field }: DayFieldProps) {
  return (
    <BuddhistDateField
      {...field}
      defaultValue={day === null ? null : { date: day, precision: 'day' }}
      onChange={(value) =>
        onDay(value !== null && value !== 'unreadable' && value.precision === 'day' ? value.date : null)
      }
    />
  )
}
