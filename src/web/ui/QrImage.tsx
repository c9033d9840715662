/** A QR code as a drawing: dark on white in every theme, since some cameras read nothing else. Drawn in the page: what it says never leaves it. */
import { useMemo } from 'react'
import { encode } from 'uqr'

/** Modules around the code that stay white (ISO/IEC 18004). */
const quietEdge = 4
/** What fits at error correction level M, in bytes of UTF-8. */
const mostBytes = 2331

/** Draws nothing for a text that is too long for any code. */
export function QrImage({ text, label }: { text: string; label: string }) {
  const code = useMemo(() => qrCode(text), [text])
  if (!code) return null
  const size = code.length
  const path = code.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg className="qr" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  )
}

function qrCode(text: string): boolean[][] | null {
  if (new TextEncoder().encode(text).length > mostBytes) return null
  return encode(text, { ecc: 'M', border: quietEdge }).data
}
