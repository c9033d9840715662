import { logbookCase, logbookNewer, logbookRecord, logbookRecordMany } from '../../contract/logbook.ts'
import { showCase } from '../actions/case-view.ts'
import { newerEntries, recordEntry, recordManyEntries } from '../actions/logbook.ts'
import { keyOf } from '../actions/household-change.ts'
import { endpoint, type Endpoint } from './endpoint.ts'

export const logbookEndpoints: readonly Endpoint[] = [
  endpoint(logbookCase, showCase),
  endpoint(logbookRecord, recordEntry),
  endpoint(logbookRecordMany, async (call, { entries }) => ({
    outcomes: await recordManyEntries(
      call,
      entries.map(({ entry, ...ref }) => ({ key: keyOf(ref), entry })),
    ),
  })),
  endpoint(logbookNewer, newerEntries),
]
