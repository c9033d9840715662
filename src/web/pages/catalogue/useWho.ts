/** For whom an item is, in words. */
import type { CatalogueItem } from '../../../contract/catalogue.ts'
import { catalogueText } from '../../text/catalogue.ts'
import { useText } from '../../text/dictionary.ts'
import { entryText } from '../../text/entry.ts'
import { useFormat } from '../../text/format.ts'

/** The conditions that the program checks, and how often it may be given; one for each line. */
export function useWho(): (item: Pick<CatalogueItem, 'eligible'>) => string[] {
  const text = useText(catalogueText)
  const words = useText(entryText)
  const { number } = useFormat()
  return ({ eligible }) => {
    const { member, incomeAtMost, paths, stages, vulnerabilityFrom, needsProblem } = eligible
    const lines: string[] = []
    if (member) {
      const { ageFrom: from, ageTo: to } = member
      if (from !== null && to !== null) lines.push(text.ages(number(from), number(to)))
      else if (from !== null) lines.push(text.agesFrom(number(from)))
      else if (to !== null) lines.push(text.agesTo(number(to)))
    }
    if (incomeAtMost !== null) lines.push(text.incomeLine(number(incomeAtMost)))
    if (paths.length > 0) lines.push(text.pathsLine(paths.map((path) => words.paths[path]).join(', ')))
    if (stages.length > 0) lines.push(text.stagesLine(stages.map((stage) => words.stages[stage]).join(', ')))
    if (vulnerabilityFrom !== null) lines.push(text.vulnerabilityLine(number(vulnerabilityFrom)))
    if (needsProblem) lines.push(text.problemLine)
    if (lines.length === 0) lines.push(text.anybody)
    if (eligible.onlyOnce) lines.push(text.onceLine)
    if (eligible.againAfterMonths !== null) lines.push(text.againLine(number(eligible.againAfterMonths)))
    if (eligible.mostTimes !== null) lines.push(text.timesLine(number(eligible.mostTimes)))
    return lines
  }
}
