/** From phone to phone: what waits as a sealed file or a QR code, and taking others' along. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { QrImage } from '../ui/QrImage.tsx'
import { anyWaits } from '../offline/phone.ts'
import { useText } from '../text/dictionary.ts'
import { fieldText } from '../text/field.ts'
import { useFormat } from '../text/format.ts'
import { commonText } from '../text/common.ts'
import { Button, Notice } from './parts.tsx'
import { usePhone, useStatus } from './phone.tsx'

/** A QR code of error correction M holds 2,331 bytes; base64 makes four of three. */
const mostBytesInCode = 1_700

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>
}

export function Carry() {
  const phone = usePhone()
  const hasAny = anyWaits(useStatus())
  const text = useText(fieldText).settings
  const common = useText(commonText)
  const format = useFormat()
  const input = useRef<HTMLInputElement>(null)
  const [told, setTold] = useState<{ tone: 'success' | 'danger' | 'attention'; words: string } | null>(null)
  const [code, setCode] = useState<string | null>(null)
  const [isScanning, setScanning] = useState(false)

  async function share() {
    const blob = await phone.exportWaiting()
    const name = `kaejon-${new Date().toISOString().slice(0, 16).replace(/[:T]/g, '-')}.kaejon`
    const file = new File([blob], name, { type: 'application/octet-stream' })
    try {
      if (navigator.canShare?.({ files: [file] })) await navigator.share({ files: [file] })
      else download(file)
      setTold({ tone: 'success', words: text.shared })
    } catch (error) {
      // Put away by the person: nothing to tell.
      if (!(error instanceof DOMException && error.name === 'AbortError')) {
        download(file)
        setTold({ tone: 'success', words: text.shared })
      }
    }
  }

  async function showCode() {
    const blob = await phone.exportWaiting()
    if (blob.size > mostBytesInCode) setTold({ tone: 'attention', words: text.codeTooLong })
    else setCode(btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer()))))
  }

  async function collect(blob: Blob) {
    setScanning(false)
    try {
      const { items, photos } = await phone.collect(blob)
      setTold({ tone: 'success', words: text.collected(format.number(items), format.number(photos)) })
      void phone.sync('saved')
    } catch {
      setTold({ tone: 'danger', words: text.collectFailed })
    }
  }

  return (
    <>
      <section>
        <h2>{text.carry}</h2>
        <p>{text.carryLead}</p>
        <Button icon="download" isDisabled={!hasAny} onPress={() => void share()}>
          {text.share}
        </Button>
        <Button icon="display" isDisabled={!hasAny} onPress={() => void showCode()}>
          {text.asCode}
        </Button>
        {code && (
          <div className="code">
            <QrImage text={code} label={text.codeLabel} />
            <p>{text.codeLead}</p>
            <Button kind="quiet" onPress={() => setCode(null)}>
              {common.close}
            </Button>
          </div>
        )}
      </section>
      <section>
        <h2>{text.collect}</h2>
        <p>{text.collectLead}</p>
        <Button icon="import" onPress={() => input.current?.click()}>
          {text.chooseFile}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          aria-label={text.chooseFile}
          onChange={(event) => {
            const [file] = event.target.files ?? []
            event.target.value = ''
            if (file) void collect(file)
          }}
        />
        {'BarcodeDetector' in window && (
          <Button icon="search" onPress={() => setScanning(true)}>
            {text.scan}
          </Button>
        )}
        {isScanning && (
          <Scanner
            onCode={(found) => void collect(toBlob(found))}
            onFail={() => {
              setScanning(false)
              setTold({ tone: 'danger', words: text.noCamera })
            }}
          />
        )}
        {told && <Notice tone={told.tone} title={told.words} isLive />}
      </section>
    </>
  )
}

function download(file: File): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** What is no base64 becomes an empty file, which nobody takes for one of ours. */
function toBlob(base64: string): Blob {
  try {
    return new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))])
  } catch {
    return new Blob([])
  }
}

function Scanner({ onCode, onFail }: { onCode: (text: string) => void; onFail: () => void }) {
  const text = useText(fieldText).settings
  const video = useRef<HTMLVideoElement>(null)
  const latest = useRef({ onCode, onFail })
  useLayoutEffect(() => {
    latest.current = { onCode, onFail }
  })
  useEffect(() => {
    let stream: MediaStream | null = null
    let isOver = false
    const { BarcodeDetector } = window as unknown as { BarcodeDetector: new (options: object) => Detector }
    const look = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
      const shown = video.current
      if (isOver || !shown) return
      shown.srcObject = stream
      await shown.play()
      const detector = new BarcodeDetector({ formats: ['qr_code'] })
      while (!isOver) {
        const [found] = await detector.detect(shown)
        if (found) {
          latest.current.onCode(found.rawValue)
          return
        }
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    }
    look().catch(() => {
      if (!isOver) latest.current.onFail()
    })
    return () => {
      isOver = true
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
  }, [])
  return (
    <div className="scanner">
      <p>{text.scanning}</p>
      <video ref={video} muted playsInline />
    </div>
  )
}
