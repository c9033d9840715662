/** Digits of a PIN. */
export const pinLength = 6

/** All the same, or a run up or down: the first that anybody tries. */
export function isEasyPin(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((digit, at) => (Number(digit) - Number(pin[at]) + 10) % 10))
  const [only] = steps
  if (steps.size === 1 && (only === 0 || only === 1 || only === 9)) return true
  return /^(\d\d)\1\1$|^(\d\d\d)\2$/.test(pin)
}
