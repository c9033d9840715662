/** A QR code as a drawing: dark on white in every theme, since some cameras read nothing else. */
import { useMemo } from 'react'
import { qrCode } from './qr.ts'

const quietEdge = 4

/** Draws nothing for a text that is too long for any code. */
export function QrImage({ text, label }: { text: string; label: string }) {
  const code = useMemo(() => qrCode(text), [text])
  if (!code) return null
  const size = code.length + 2 * quietEdge
  const path = code.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg className="qr" role="img" aria-label={label} viewBox={`${-quietEdge} ${-quietEdge} ${size} ${size}`}>
      <rect x={-quietEdge} y={-quietEdge} width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  )
}
