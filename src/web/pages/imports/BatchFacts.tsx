/** What a batch is: list, file, area, day, who. */
import type { ImportRow } from '../../../contract/import-rows.ts'
import type { Batch } from '../../../contract/imports.ts'
import { areaAt, mooOf } from '../../../domain/area.ts'
import { areaName, areaPathLine, villageName } from '../../text/area.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { importText } from '../../text/import.ts'
import { useLocale } from '../../text/locale.ts'
import { KeyValueList } from '../../ui/Facts.tsx'
import { useArea } from './batch.ts'

/** An area by name; its code until the name is there. */
export function useAreaLabel(code: string): string {
  const area = useArea(code)
  const locale = useLocale()
  return area?.code === code ? areaName(area, locale) : code
}

export function BatchArea({ code }: { code: string }) {
  return <>{useAreaLabel(code)}</>
}

/** Where a household stands, from the village up to the district; '–' while nothing is known of it. */
export function Place({ household }: { household: ImportRow['household'] }) {
  const { areaCode, villageName: village } = household
  const locale = useLocale()
  const around = useArea(areaCode === null ? undefined : areaAt(areaCode, 'subdistrict'))
  const path = around?.code === areaAt(areaCode ?? '', 'subdistrict') ? around.path.filter(isBelowProvince) : []
  const parts = [villageName(areaCode === null ? null : mooOf(areaCode), village, locale), areaPathLine(path, locale)]
  return <>{parts.filter(Boolean).join(locale === 'th' ? ' ' : ', ') || household.areaName || areaCode || '–'}</>
}

const isBelowProvince = ({ code }: { code: string }) => code.length > 2

export function BatchFacts({ batch }: { batch: Batch }) {
  const text = useText(importText)
  const format = useFormat()
  return (
    <KeyValueList
      items={[
        { label: text.file, value: <span className="file-name">{batch.fileName}</span> },
        { label: text.batch.area, value: <BatchArea code={batch.areaCode} /> },
        { label: text.batch.listDate, value: format.date(batch.listDate) },
        { label: text.byWhom, value: `${batch.accountName} · ${format.moment(batch.createdAt)}` },
      ]}
    />
  )
}
