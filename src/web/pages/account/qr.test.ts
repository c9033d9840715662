import { describe, expect, it } from 'vitest'
import { checkCodewords, qrCode, withRemainder } from './qr.ts'

describe('a QR code', () => {
  it('has the check codewords of the published example "HELLO WORLD", version 1 at level M', () => {
    const data = [32, 91, 11, 120, 209, 114, 220, 77, 67, 64, 236, 17, 236, 17, 236, 17]
    expect(checkCodewords(data, 10)).toEqual([196, 35, 39, 119, 235, 215, 231, 226, 93, 23])
  })

  it('names its format and version with the check bits of the standard', () => {
    // ISO/IEC 18004, annexes C and D: level M with mask 5, and version 7.
    expect((withRemainder(0b00101, 0x537, 10) ^ 0x5412).toString(2).padStart(15, '0')).toBe('100000011001110')
    expect(withRemainder(7, 0x1f25, 12).toString(2).padStart(18, '0')).toBe('000111110010010100')
  })

  it('is module for module the one that another encoder draws', () => {
    const code = qrCode('otpauth://totp/kaejon:somying?secret=JBSWY3DPEHPK3PXP')
    expect(code?.map((row) => row.map((isDark) => (isDark ? '#' : '.')).join(''))).toEqual([
      '#######.##...#..##..##....#######',
      '#.....#..####...#.........#.....#',
      '#.###.#.#...##...##..###..#.###.#',
      '#.###.#....##......##.#.#.#.###.#',
      '#.###.#...#.#..#..##.###..#.###.#',
      '#.....#.########.#........#.....#',
      '#######.#.#.#.#.#.#.#.#.#.#######',
      '.........##...###.......#........',
      '#.#...##.###....#...#.##...#..#.#',
      '##...#...#...########..####..#.##',
      '#.###.##..#....##..#.#.#.######.#',
      '.###.....#..##.###.##.###.#.##.##',
      '.##..##.###..#...#...#..#.###..##',
      '#.#....##.##.#......##..##.#...##',
      '.###..###.#.#..#..###..#.#.#.#..#',
      '.###.#.#.###.##...#...##..#.##.##',
      '#..#.######.##.##..##..#####.#...',
      '.##.##.####.##.##..###.##.##....#',
      '..#.###.#.####.#.##############.#',
      '.##..#...#..#.#...##....####.#.#.',
      '#.#.#.#.#..#....###..#.#..####..#',
      '..####.#........###.####.#.#.#..#',
      '##..#.#.#.#.##..#..#..##....#.#.#',
      '...###.......####.##..#..#####.#.',
      '###.#.###.#.#...#..##...#####...#',
      '........####.#.###.##..##...#...#',
      '#######.###.##.#...#.##.#.#.#.#.#',
      '#.....#.....#.#..#..#..##...##.##',
      '#.###.#..##......#.#.#.######..##',
      '#.###.#....####..#.#...##..###.##',
      '#.###.#.#...####.#.#.##..#..#####',
      '#.....#..##...#...##..##.#.#.....',
      '#######.#.#..###....#...#...#...#',
    ])
  })

  it('grows with its text, and is refused to a text that fits no code', () => {
    expect(qrCode('')).toHaveLength(21)
    expect(qrCode('x'.repeat(200))).toHaveLength(57)
    expect(qrCode('x'.repeat(2331))).toHaveLength(177)
    expect(qrCode('x'.repeat(2332))).toBeNull()
  })
})
