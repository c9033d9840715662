/** A name written with a finger, kept like a photograph; a picture serves those who cannot write. */
import { type PointerEvent, useRef, useState } from 'react'
import { useText } from '../../text/dictionary.ts'
import { fieldFormText } from '../../text/fieldForm.ts'
import { Button } from '../parts.tsx'
import { usePhone } from '../phone.tsx'
import { keepPhoto } from '../photos.ts'

const width = 640
const height = 320

export function Signature({ onSigned, onLeave }: { onSigned: (photoId: string) => void; onLeave: () => void }) {
  const phone = usePhone()
  const text = useText(fieldFormText)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [isWritten, setWritten] = useState(false)
  const [hasFailed, setFailed] = useState(false)
  const draw = (event: PointerEvent<HTMLCanvasElement>, isBegin: boolean) => {
    const context = canvas.current?.getContext('2d')
    if (!context || !canvas.current) return
    const box = canvas.current.getBoundingClientRect()
    const x = ((event.clientX - box.left) / box.width) * width
    const y = ((event.clientY - box.top) / box.height) * height
    if (isBegin) {
      canvas.current.setPointerCapture(event.pointerId)
      context.lineWidth = 4
      context.lineCap = 'round'
      context.lineJoin = 'round'
      context.strokeStyle = '#10243e'
      context.beginPath()
      context.moveTo(x, y)
      // A dot is writing too.
      context.lineTo(x + 0.1, y)
    } else context.lineTo(x, y)
    context.stroke()
    setWritten(true)
  }
  const clear = () => {
    canvas.current?.getContext('2d')?.clearRect(0, 0, width, height)
    setWritten(false)
  }
  async function use() {
    const drawn = canvas.current
    if (!drawn) return
    // A JPEG has no clear ground: black lines on black would be left.
    const paper = document.createElement('canvas')
    paper.width = width
    paper.height = height
    const context = paper.getContext('2d')
    if (!context) return
    context.fillStyle = '#ffffff'
    context.fillRect(0, 0, width, height)
    context.drawImage(drawn, 0, 0)
    const blob = await new Promise<Blob | null>((resolve) => paper.toBlob(resolve, 'image/png'))
    try {
      if (blob) onSigned(await keepPhoto(phone, blob))
    } catch {
      setFailed(true)
    }
  }
  return (
    <div className="signature">
      <p id="sign-here">{text.help.signHere}</p>
      <canvas
        ref={canvas}
        width={width}
        height={height}
        aria-labelledby="sign-here"
        onPointerDown={(event) => draw(event, true)}
        onPointerMove={(event) => {
          if (event.buttons > 0) draw(event, false)
        }}
      />
      <p className="soft">{text.help.noFinger}</p>
      {hasFailed && (
        <p className="fault" role="alert">
          {text.photos.failed}
        </p>
      )}
      <Button kind="primary" icon="check" isDisabled={!isWritten} onPress={() => void use()}>
        {text.help.signUse}
      </Button>
      <div className="pair">
        <Button kind="quiet" icon="undo" isDisabled={!isWritten} onPress={clear}>
          {text.help.signAgain}
        </Button>
        <Button kind="quiet" onPress={onLeave}>
          {text.skip}
        </Button>
      </div>
    </div>
  )
}
