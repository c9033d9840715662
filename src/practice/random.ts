/** Chance that comes out the same on every machine and in every year: all of the practice province hangs on a seed. */
export interface Random {
  /** At least 0, below 1. */
  next(): number
  /** A whole number, at least 0 and below `limit`. */
  below(limit: number): number
  chance(probability: number): boolean
  pick<Item>(items: readonly Item[]): Item
  /** One of the names, in proportion to its weight. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name
  shuffle<Item>(items: readonly Item[]): Item[]
}

/** Two generators of the same key give the same sequence; of different keys, unrelated ones. */
export function createRandom(...key: readonly (string | number)[]): Random {
  const next = sequence(key.join('\u001f'))
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)]!,
    weighted(weights) {
      const names = Object.keys(weights).filter((name): name is keyof typeof weights => name in weights)
      let left = next() * names.reduce((sum, name) => sum + weights[name], 0)
      for (const name of names) {
        left -= weights[name]
        if (left < 0) return name
      }
      return names.at(-1)!
    },
    shuffle(items) {
      const result = [...items]
      for (let index = result.length - 1; index > 0; index -= 1) {
        const other = below(index + 1)
        const item = result[index]!
        result[index] = result[other]!
        result[other] = item
      }
      return result
    },
  }
}

/** Small fast counter generator (sfc32) over four words made of the key. */
function sequence(key: string): () => number {
  let [a, b, c, d] = wordsOf(key)
  const step = (): number => {
    const sum = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / 4_294_967_296
  }
  // The first results of near keys are alike.
  for (let round = 0; round < 16; round += 1) step()
  return step
}

function wordsOf(key: string): [number, number, number, number] {
  return [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0xdeadbeef].map((start) => {
    let hash = start
    for (let index = 0; index < key.length; index += 1) {
      hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193)
      hash = (hash << 13) | (hash >>> 19)
    }
    return Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) | 0
  }) as [number, number, number, number]
}
