/** The rows split by area, one level at a time, so that each centre can be handed its own queue. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { importAreas } from '../../../contract/import-rows.ts'
import type { Batch } from '../../../contract/imports.ts'
import type { OutputOf } from '../../../contract/route.ts'
import { areaLevel } from '../../../domain/area.ts'
import { verdicts } from '../../../domain/import/verdict.ts'
import { ask, problemOf } from '../../api.ts'
import { areaName } from '../../text/area.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { importText } from '../../text/import.ts'
import { importReviewText } from '../../text/importReview.ts'
import { verdictText } from '../../text/importWords.ts'
import { Button, TextLink } from '../../ui/Button.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { ProblemAlert } from '../../ui/Feedback.tsx'
import { Section } from '../../ui/Page.tsx'
import { rowsAddress, useArea } from './batch.ts'

/** Digits of a subdistrict's code: rows are not split further. */
const smallestSplit = 6

type AreaLine = OutputOf<typeof importAreas>['areas'][number]

export function ReviewAreas({ batch }: { batch: Batch }) {
  const imports = useText(importText)
  const text = useText(importReviewText)
  const words = useText(verdictText)
  const format = useFormat()
  const [area, setArea] = useState(batch.areaCode)
  const here = useArea(area)
  const above = area.length > batch.areaCode.length ? here?.path.at(-2) : undefined
  const found = useQuery({
    queryKey: ['import.areas', batch.id, area, batch.counts?.waiting],
    queryFn: ({ signal }) => ask(importAreas, { batchId: batch.id, areaCode: area }, { signal }),
    placeholderData: keepPreviousData,
  })
  const shown = verdicts.filter((verdict) => (batch.counts?.verdicts[verdict] ?? 0) > 0)
  const columns: readonly Column<AreaLine>[] = [
    {
      id: 'area',
      header: text.areaName,
      cell: (line) => {
        const { areaCode: code, nameTh, nameEn } = line
        const name = areaName({ code, nameTh, nameEn, level: areaLevel(code) ?? 'village' }, format.locale)
        if (code === area && code.length < smallestSplit) return text.unknownPart
        return code.length < smallestSplit ? (
          <button type="button" className="link-button" onClick={() => setArea(line.areaCode)}>
            {name}
          </button>
        ) : (
          name
        )
      },
    },
    {
      id: 'waiting',
      header: imports.waiting,
      align: 'end',
      cell: (line) =>
        line.waiting > 0 ? (
          <TextLink href={rowsAddress(batch.id, { waiting: true, area: line.areaCode })}>
            {format.number(line.waiting)}
          </TextLink>
        ) : (
          '0'
        ),
    },
    ...shown.map((verdict): Column<AreaLine> => ({
      id: verdict,
      header: words.names[verdict],
      align: 'end',
      isDeskOnly: true,
      cell: (line) => format.number(line.verdicts[verdict]),
    })),
  ]
  return (
    <Section
      title={text.areas}
      lead={text.areasLead}
      actions={
        above && (
          <Button size="small" icon="arrowUp" onPress={() => setArea(above.code)}>
            {text.upTo(areaName(above, format.locale))}
          </Button>
        )
      }
    >
      {found.error && <ProblemAlert problem={problemOf(found.error)} />}
      {!found.error && (
        <DataTable
          caption={here ? areaName(here, format.locale) : text.areas}
          isCaptionShown
          columns={columns}
          rows={found.data?.areas ?? null}
          rowKey={(line) => line.areaCode}
          isRefreshing={found.isPlaceholderData}
          whenEmpty={<p className="soft">{text.noAreas}</p>}
        />
      )}
    </Section>
  )
}
