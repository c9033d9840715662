import { attribute } from './xml.ts'

/** Follows the style elements of an OpenDocument file and answers which date format a cell style shows. */
export interface DateStyles {
  open(name: string, tag: string): void
  close(name: string): void
  text(text: string): void
  /** The format in spreadsheet codes (`d-mmm`), or null when the style is unknown. */
  formatOf(cellStyle: string): string | null
}

export function createDateStyleReader(): DateStyles {
  const formatByDateStyle = new Map<string, string>()
  const dateStyleByCellStyle = new Map<string, string>()
  const parentByCellStyle = new Map<string, string>()
  let dateStyle: string | null = null
  let format = ''
  let inText = false

  function open(name: string, tag: string): void {
    if (name === 'number:date-style') {
      dateStyle = attribute(tag, 'style:name')
      format = ''
      return
    }
    if (name === 'style:style') {
      const own = attribute(tag, 'style:name') ?? ''
      const dataStyle = attribute(tag, 'style:data-style-name')
      const parent = attribute(tag, 'style:parent-style-name')
      if (dataStyle !== null) dateStyleByCellStyle.set(own, dataStyle)
      if (parent !== null) parentByCellStyle.set(own, parent)
      return
    }
    if (dateStyle === null) return
    if (name === 'number:text') inText = true
    else format += datePart(name, tag)
  }

  function close(name: string): void {
    if (name === 'number:text') inText = false
    if (name !== 'number:date-style' || dateStyle === null) return
    formatByDateStyle.set(dateStyle, format)
    dateStyle = null
  }

  function text(piece: string): void {
    if (inText && dateStyle !== null) format += piece
  }

  function formatOf(cellStyle: string): string | null {
    let style: string | undefined = cellStyle
    for (let steps = 0; style !== undefined && steps < 20; steps++) {
      const dateStyleName = dateStyleByCellStyle.get(style)
      if (dateStyleName !== undefined) return formatByDateStyle.get(dateStyleName) ?? null
      style = parentByCellStyle.get(style)
    }
    return null
  }

  return { open, close, text, formatOf }
}

function datePart(name: string, tag: string): string {
  const long = attribute(tag, 'number:style') === 'long'
  const buddhist = attribute(tag, 'number:calendar') === 'buddhist'
  switch (name) {
    case 'number:day':
      return long ? 'dd' : 'd'
    case 'number:month':
      if (attribute(tag, 'number:textual') === 'true') return long ? 'mmmm' : 'mmm'
      return long ? 'mm' : 'm'
    case 'number:year':
      return (buddhist ? 'bb' : 'yy').repeat(long ? 2 : 1)
    case 'number:day-of-week':
      return long ? 'dddd' : 'ddd'
    case 'number:hours':
      return long ? 'hh' : 'h'
    case 'number:minutes':
      return long ? 'mm' : 'm'
    case 'number:seconds':
      return long ? 'ss' : 's'
    default:
      return ''
  }
}
