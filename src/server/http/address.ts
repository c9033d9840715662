import { BlockList, isIP } from 'node:net'
import type { Config } from '../config.ts'

/** What the Node server passes beside a request; tests and other servers pass nothing. */
export interface RequestOrigin {
  incoming?: { socket?: { remoteAddress?: string | undefined } }
}

/**
 * The address that a request comes from. X-Forwarded-For is believed only as far as the proxies named in
 * KAEJON_TRUSTED_PROXIES (addresses or `address/bits`) wrote it: the last address in it that is not such a proxy.
 * `0.0.0.0` when nothing is known.
 */
export function clientAddress(request: Request, config: Config, origin: RequestOrigin | undefined): string {
  const socket = plain(origin?.incoming?.socket?.remoteAddress ?? '')
  if (isIP(socket) === 0) return '0.0.0.0'
  const isTrusted = trustedProxies(config)
  if (!isTrusted(socket)) return socket
  const hops = (request.headers.get('x-forwarded-for') ?? '').split(',').map((hop) => plain(hop.trim()))
  let address = socket
  for (const hop of hops.reverse()) {
    if (isIP(hop) === 0) return address
    address = hop
    if (!isTrusted(hop)) return address
  }
  return address
}

/** IPv4 in IPv6 clothes is IPv4. */
function plain(address: string): string {
  return address.toLowerCase().startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address
}

const proxiesOf = new WeakMap<Config, (address: string) => boolean>()

/**
 * Whether an address is a proxy that the configuration names.
 *
 * @throws Error when the configuration names something that is no address; asked once at the start
 */
export function trustedProxies(config: Config): (address: string) => boolean {
  const known = proxiesOf.get(config) ?? readProxies(config)
  proxiesOf.set(config, known)
  return known
}

function readProxies(config: Config): (address: string) => boolean {
  const list = new BlockList()
  for (const entry of config.trustedProxies) {
    const [address = '', bits] = entry.split('/')
    const kind = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (isIP(address) === 0) throw new Error('KAEJON_TRUSTED_PROXIES must name addresses, or address/bits')
    if (bits === undefined) list.addAddress(address, kind)
    else list.addSubnet(address, Number(bits), kind)
  }
  return (address) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}
