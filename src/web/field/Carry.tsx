/** From phone to phone: what waits as a sealed file or a QR code, and taking others' along. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { QrImage } from '../ui/QrImage.tsx'
import { createCodeReader, type CodesRead } from '../offline/codes.ts'
import { anyWaits } from '../offline/phone.ts'
import { useText } from '../text/dictionary.ts'
import { fieldText } from '../text/field.ts'
import { useFormat } from '../text/format.ts'
import { commonText } from '../text/common.ts'
import { createCodeDetector, type CodeDetector } from './codeDetector.ts'
import { Button, Notice } from './parts.tsx'
import { usePhone, useStatus } from './phone.tsx'

export function Carry() {
  const phone = usePhone()
  const status = useStatus()
  const hasAny = anyWaits(status)
  const hasItems = status.waiting.items + status.carried.items > 0
  const text = useText(fieldText).settings
  const common = useText(commonText)
  const format = useFormat()
  const input = useRef<HTMLInputElement>(null)
  const [told, setTold] = useState<{ tone: 'success' | 'danger' | 'attention'; words: string } | null>(null)
  const [shown, setShown] = useState<{ codes: string[]; at: number } | null>(null)
  const code = shown?.codes[shown.at]
  const [isScanning, setScanning] = useState(false)
  const reader = useRef(createCodeReader())
  const [read, setRead] = useState<CodesRead | null>(null)

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
    const codes = await phone.exportCodes()
    if (codes) setShown({ codes, at: 0 })
    else setTold({ tone: 'attention', words: text.codeTooLong })
  }

  async function takeCode(found: string) {
    const mine = reader.current
    const next = await mine.take(found)
    // The camera sees the last code more than once.
    if (!next || mine !== reader.current) return
    setRead(next)
    if (next.file) {
      reader.current = createCodeReader()
      await collect(next.file)
    }
  }

  async function collect(blob: Blob) {
    setScanning(false)
    setRead(null)
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
        <Button
          icon="display"
          isDisabled={!hasItems && !shown}
          onPress={() => (shown ? setShown(null) : void showCode())}
        >
          {shown ? common.close : text.asCode}
        </Button>
        {shown && code && (
          <div className="code">
            <QrImage text={code} label={text.codeLabel} />
            {shown.codes.length > 1 && (
              <>
                <output className="number">
                  {text.codeOf(format.number(shown.at + 1), format.number(shown.codes.length))}
                </output>
                <Button kind="primary" onPress={() => setShown({ ...shown, at: (shown.at + 1) % shown.codes.length })}>
                  {text.nextCode}
                </Button>
              </>
            )}
            <p>{text.codeLead}</p>
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
        {'mediaDevices' in navigator ? (
          <Button icon="search" onPress={() => setScanning(!isScanning)}>
            {isScanning ? common.close : text.scan}
          </Button>
        ) : (
          <p className="soft">{text.cannotScan}</p>
        )}
        {isScanning && (
          <Scanner
            read={read}
            onCode={(found) => void takeCode(found)}
            onFail={(words) => {
              setScanning(false)
              setTold({ tone: 'danger', words })
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

interface ScannerProps {
  read: CodesRead | null
  onCode: (text: string) => void
  onFail: (words: string) => void
}

/** Looks until it is put away: there may be several codes. */
function Scanner({ read, onCode, onFail }: ScannerProps) {
  const text = useText(fieldText).settings
  const format = useFormat()
  const video = useRef<HTMLVideoElement>(null)
  const latest = useRef({ onCode, onFail, text })
  useLayoutEffect(() => {
    latest.current = { onCode, onFail, text }
  })
  useEffect(() => {
    let stream: MediaStream | null = null
    let isOver = false
    const close = () => stream?.getTracks().forEach((track) => track.stop())
    const open = async () => {
      stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: 'environment', width: { ideal: 1280 } },
      })
      const shown = video.current
      // Put away while the person was asked whether the camera may be used.
      if (isOver || !shown) return close()
      shown.srcObject = stream
      await shown.play()
    }
    const look = async (detector: CodeDetector) => {
      while (!isOver && video.current) {
        const [found] = await detector.detect(video.current)
        if (found && !isOver) latest.current.onCode(found.rawValue)
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    }
    const fail = (words: string) => {
      if (!isOver) latest.current.onFail(words)
    }
    open().then(
      () =>
        createCodeDetector()
          .then(look)
          .catch(() => fail(latest.current.text.cannotScan)),
      () => fail(latest.current.text.noCamera),
    )
    return () => {
      isOver = true
      close()
    }
  }, [])
  return (
    <div className="scanner">
      <output>{read ? text.scanned(format.number(read.have), format.number(read.of)) : text.scanning}</output>
      <video ref={video} muted playsInline />
    </div>
  )
}
