/** What may happen in a history, as data that can be printed, repeated and shrunk. */
import fc from 'fast-check'

/** What becomes of one message. `late`: the phone gives up, and the server hears it some time afterwards. */
const fates = ['ok', 'ok', 'ok', 'dropRequest', 'dropAnswer', 'duplicate', 'late', 'slow'] as const
export type Fate = (typeof fates)[number]

const small = fc.nat(7)
const fateList = fc.array(fc.constantFrom(...fates), { maxLength: 6 })
const saying = fc.constantFrom('visit', 'photo', 'assessment', 'followUp', 'correct', 'result', 'found', 'future')
const jump = fc.constantFrom(-50, -3, -1, 0, 0, 0.02, 3, 20, 400)

const phoneStep = fc.oneof(
  { weight: 9, arbitrary: fc.record({ act: fc.constant('save'), phone: small, what: saying, of: small, day: small }) },
  { weight: 8, arbitrary: fc.record({ act: fc.constant('sync'), phone: small, line: fateList }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('tabs'), phone: small, line: fateList }) },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('kill'),
      phone: small,
      during: fc.constantFrom('save', 'sync'),
      writes: fc.nat(12),
      line: fateList,
      of: small,
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('mend'), phone: small, of: small }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('clock'), phone: small, years: jump }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('session'), phone: small, isSignedIn: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('lock'), phone: small }) },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant('areas'), phone: small, isSmall: fc.boolean(), line: fateList }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('collect'), phone: small, from: small }) },
)
const deskStep = fc.oneof(
  { weight: 3, arbitrary: fc.record({ act: fc.constant('move'), of: small, to: small }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('merge'), of: small, with: small }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('unmerge'), of: small }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('withdraw'), of: small }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('record'), of: small, day: small }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('reassign'), phone: small, isSmall: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('dismiss'), phone: small }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('revoke'), phone: small }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('decide'), of: small, to: small, isKept: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('restart') }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('deliver') }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('wait'), hours: fc.nat(60) }) },
)
const single = fc.oneof({ weight: 5, arbitrary: phoneStep }, { weight: 2, arbitrary: deskStep })
/** Up to three things at once. */
const step = fc.oneof(
  { weight: 6, arbitrary: single.map((one) => [one]) },
  { weight: 1, arbitrary: fc.array(single, { minLength: 2, maxLength: 3 }) },
)
export const histories = fc.array(step, { minLength: 4, maxLength: 26 })
export type Single = typeof single extends fc.Arbitrary<infer Value> ? Value : never
export type History = Single[][]
