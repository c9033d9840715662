import { useState } from 'react'
import { dayInThailand } from '../../../domain/time.ts'

/** The day in Thailand when the page was opened; no birth and no finding lies after it. */
export function useToday(): string {
  const [today] = useState(() => dayInThailand(new Date()))
  return today
}
