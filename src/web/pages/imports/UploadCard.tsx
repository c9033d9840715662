/** A file on its way to the server: how far, how fast, how much longer, and what to do when the line is lost. */
import { useEffect, useRef, useState } from 'react'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { importText } from '../../text/import.ts'
import { Button, ButtonRow } from '../../ui/Button.tsx'
import { MeterBar, Notice, ProblemAlert } from '../../ui/Feedback.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { type RunningUpload, startUpload, type UploadState } from './upload.ts'
import { browserDoor } from './uploadDoor.ts'

export interface SentFile {
  file: File | null
  state: UploadState | null
  choose: (file: File) => void
  clear: () => void
  running: RunningUpload | null
}

/** Sends a file from the moment that it is chosen; leaving the page stops it, and it can be gone on with. */
export function useUpload(): SentFile {
  const [file, setFile] = useState<File | null>(null)
  const [state, setState] = useState<UploadState | null>(null)
  const [running, setRunning] = useState<RunningUpload | null>(null)
  const current = useRef<RunningUpload | null>(null)
  useEffect(() => () => current.current?.cancel(), [])
  const isUnfinished = state !== null && state.phase !== 'done'
  useEffect(() => {
    if (!isUnfinished) return undefined
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isUnfinished])

  function clear() {
    current.current?.cancel()
    current.current = null
    setRunning(null)
    setFile(null)
    setState(null)
  }

  function choose(chosen: File) {
    clear()
    setFile(chosen)
    current.current = startUpload(chosen, browserDoor(chosen), setState)
    setRunning(current.current)
  }

  return { file, state, choose, clear, running }
}

const megabyte = 1024 * 1024
const inMegabytes = (bytes: number) => Math.round((10 * bytes) / megabyte) / 10

export function UploadCard({ sent }: { sent: SentFile }) {
  const text = useText(importText).start
  const common = useText(commonText)
  const format = useFormat()
  const { file, state, running } = sent
  if (!file) return null
  const phase = state?.phase ?? 'sending'
  const label = phase === 'checking' ? text.checking : phase === 'paused' ? text.paused : text.sending
  return (
    <div className="upload">
      <p className="upload-file">
        <Icon name="file" />
        <span className="file-name">{file.name}</span>
        <span className="soft number">{format.bytes(file.size)}</span>
      </p>
      {phase === 'done' ? (
        <output className="upload-done">
          <Icon name="check" /> {text.sent}
        </output>
      ) : (
        <MeterBar
          label={label}
          done={inMegabytes(state?.sent ?? 0)}
          total={inMegabytes(file.size) || 0.1}
          unit={text.megabytes}
          {...(state?.rate ? { rate: inMegabytes(state.rate) } : {})}
          {...(state?.secondsLeft ? { secondsLeft: state.secondsLeft } : {})}
        />
      )}
      {phase === 'waiting' && (
        <Notice
          tone="attention"
          title={text.lost}
          isLive
          actions={
            <Button size="small" onPress={() => running?.resume()}>
              {text.now}
            </Button>
          }
        >
          {text.lostLead(format.number(state?.retryInSeconds ?? 0))}
        </Notice>
      )}
      {state?.problem && (
        <ProblemAlert
          problem={state.problem}
          actions={
            <Button size="small" onPress={() => running?.resume()}>
              {common.retry}
            </Button>
          }
        />
      )}
      <ButtonRow>
        {phase === 'sending' && (
          <Button size="small" onPress={() => running?.pause()}>
            {text.pause}
          </Button>
        )}
        {phase === 'paused' && (
          <Button size="small" kind="primary" onPress={() => running?.resume()}>
            {text.resume}
          </Button>
        )}
        <Button size="small" kind="quiet" onPress={sent.clear}>
          {text.otherFile}
        </Button>
      </ButtonRow>
    </div>
  )
}
