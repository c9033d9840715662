import { fileTooLarge, hostileFile } from './limits.ts'
import type { Limits } from './limits.ts'

/** The distinct strings of a workbook by number. */
export interface SharedStrings {
  readonly count: number
  get(index: number): string | undefined
}

export interface SharedStringsBuilder extends SharedStrings {
  add(text: string): void
}

const stringsPerBlock = 512

/**
 * Keeps millions of strings as few long ones and their ends: a third of the memory of a list, because a string cut out of
 * the XML would keep the whole XML alive.
 *
 * @throws Problem hostileFile, tooLarge past the limits
 */
export function createSharedStrings(limits: Limits): SharedStringsBuilder {
  const blocks: string[] = []
  const ends: Uint32Array[] = []
  let open: string[] = []
  let characters = 0
  let count = 0

  function closeBlock(): void {
    const blockEnds = new Uint32Array(open.length)
    let end = 0
    open.forEach((text, index) => {
      end += text.length
      blockEnds[index] = end
    })
    // Bytes and back: a joined string would still be a rope over the pieces of XML.
    blocks.push(Buffer.from(open.join(''), 'utf16le').toString('utf16le'))
    ends.push(blockEnds)
    open = []
  }

  return {
    add(text) {
      if (text.length > limits.cellCharacters) throw hostileFile('cellCharacters', limits.cellCharacters)
      characters += text.length
      count++
      if (count > limits.sharedStrings) throw fileTooLarge('sharedStrings', limits.sharedStrings)
      if (characters > limits.sharedCharacters) throw fileTooLarge('sharedCharacters', limits.sharedCharacters)
      open.push(text)
      if (open.length === stringsPerBlock) closeBlock()
    },
    get count() {
      return count
    },
    get(index) {
      const block = Math.floor(index / stringsPerBlock)
      const place = index % stringsPerBlock
      const blockEnds = ends[block]
      if (blockEnds === undefined) return block === ends.length ? open[place] : undefined
      return blocks[block]?.slice(place === 0 ? 0 : blockEnds[place - 1], blockEnds[place])
    },
  }
}
