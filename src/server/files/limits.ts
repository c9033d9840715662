import { Problem } from '../../domain/problem.ts'

/**
 * How much a file may ask of the machine. A file past a limit is refused with a Problem before it costs more than that.
 * The defaults let the largest honest list through: a full sheet of 1,048,576 rows and 30 columns unpacks to 2.6 GB.
 */
export interface Limits {
  /** Sum of the unpacked sizes in a zip directory, in bytes. */
  unpackedBytes: number
  /** Unpacked : packed of one zip entry; text packs 10 to 60 times, a bomb 1,000 times. */
  packRatio: number
  zipEntries: number
  /** Files that have to stand in memory as a whole (.xls), in bytes. */
  memoryFileBytes: number
  /** Rows of one sheet; what Excel itself can hold. */
  rows: number
  /** Records of a text file, which no program limits. */
  textRows: number
  columns: number
  /** Cells with a value in one sheet. */
  cells: number
  /** Characters of one cell; Excel itself stops at 32,767. */
  cellCharacters: number
  /** Distinct strings of a workbook, and the characters of all of them. */
  sharedStrings: number
  sharedCharacters: number
  /** Rows handed over at once. */
  batchRows: number
}

export const defaultLimits: Limits = {
  unpackedBytes: 3 * 1024 ** 3,
  packRatio: 400,
  zipEntries: 10_000,
  memoryFileBytes: 128 * 1024 ** 2,
  rows: 1_048_576,
  textRows: 5_000_000,
  columns: 500,
  cells: 60_000_000,
  cellCharacters: 100_000,
  sharedStrings: 8_000_000,
  sharedCharacters: 250_000_000,
  batchRows: 1000,
}

/** The file looks made to harm: it lies about itself or swells beyond reason. */
export function hostileFile(reason: string, limit: number | null = null): Problem {
  return new Problem('hostileFile', { reason, limit })
}

/** The file is past what one import takes, though it may be honest. */
export function fileTooLarge(reason: string, limit: number): Problem {
  return new Problem('tooLarge', { reason, limit })
}

/** The file ends too early or its inside does not hold together. */
export function damagedFile(reason: string): Problem {
  return new Problem('truncatedFile', { reason })
}

/** A format that is not read; `looksLike` names it when it is known, so that the sentence can say what to save it as. */
export function unknownFileFormat(looksLike: string | null = null): Problem {
  return new Problem('unknownFileFormat', { looksLike })
}

/** A sheet was asked for that the file does not hold. */
export function sheetNotFound(): Problem {
  return new Problem('sheetNotFound')
}
