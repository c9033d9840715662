import type { SheetRow } from '../../domain/import/sheet.ts'
import { openDelimitedText } from './csv.ts'
import { detectFormat } from './detect.ts'
import type { FileFormat } from './detect.ts'
import { openHtmlTable } from './html.ts'
import { defaultLimits } from './limits.ts'
import type { Limits } from './limits.ts'
import { openOds } from './ods.ts'
import type { ByteSource } from './source.ts'
import { openXls } from './xls.ts'
import { openXlsx } from './xlsx.ts'

export interface TableSheet {
  name: string
  /** What the file says about its length, when it says so; title and blank rows are counted in. */
  rowEstimate: number | null
  /** Hidden by whoever made the file. */
  hidden: boolean
}

/** A spreadsheet as rows, whatever the file was. */
export interface Table {
  format: FileFormat
  /** Of text files: `utf-8`, `utf-16le`, `utf-16be` or `windows-874`. */
  encoding?: string
  /** Of text files. */
  delimiter?: string
  sheets: readonly TableSheet[]
  /**
   * The rows that hold a value, in order, in batches; blank rows are left out and the others keep their numbers. Can be
   * called again from the start; stopping early frees what the reading held.
   *
   * @throws Problem sheetNotFound, truncatedFile, hostileFile, tooLarge, while it is being read
   */
  rows(sheetName: string): AsyncIterable<SheetRow[]>
  close(): Promise<void>
}

/**
 * Opens an upload by its bytes, never by its name. Only what is needed to list the sheets is read.
 *
 * @throws Problem unknownFileFormat, passwordProtectedFile, truncatedFile, hostileFile, tooLarge, emptyFile
 */
export async function openTable(source: ByteSource, options: Partial<Limits> = {}): Promise<Table> {
  const limits = { ...defaultLimits, ...options }
  return openers[await detectFormat(source)](source, limits)
}

const openers: Readonly<Record<FileFormat, (source: ByteSource, limits: Limits) => Promise<Table>>> = {
  xlsx: openXlsx,
  xls: openXls,
  ods: openOds,
  html: openHtmlTable,
  csv: openDelimitedText,
}
