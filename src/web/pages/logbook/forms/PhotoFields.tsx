/** Photographs of an entry: sent as soon as they are chosen, so that the entry itself stays small and quick. */
import { useContext, useLayoutEffect, useRef, useState } from 'react'
import { photoAdd } from '../../../../contract/logbook.ts'
import type { ProblemAnswer } from '../../../../contract/problem.ts'
import { problemOf, sendBytes } from '../../../api.ts'
import { newId } from '../../../new-id.ts'
import { commonText } from '../../../text/common.ts'
import { useText } from '../../../text/dictionary.ts'
import { entryFormText } from '../../../text/entryForm.ts'
import { useProblemSentences } from '../../../text/problems.ts'
import { Button } from '../../../ui/Button.tsx'
import { Tag } from '../../../ui/Feedback.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { redrawPhoto } from '../photo.ts'
import type { Scene } from './fields.ts'
import { PhotosOnTheirWay } from './photosOnTheirWay.ts'

const most = 12

export interface PhotoFieldsProps {
  scene: Scene
  photos: readonly string[]
  onPhotos: (photos: string[]) => void
}

/** Sent again under the same id and with the same bytes, so that it is stored once. */
interface Chosen {
  photoId: string
  file: File
  redrawn: Blob | null
}

interface Refused {
  problem: ProblemAnswer
  /** The file that is no picture; null when the fault is not the file's. */
  fileName: string | null
  /** What can be sent again as it is. */
  left: readonly Chosen[]
}

export function PhotoFields({ scene, photos, onPhotos }: PhotoFieldsProps) {
  const text = useText(entryFormText).photos
  const input = useRef<HTMLInputElement>(null)
  const [isSending, setSending] = useState(false)
  const [refused, setRefused] = useState<Refused | null>(null)
  const onTheirWay = useContext(PhotosOnTheirWay)
  // While photographs are being sent the person types on, or throws the form away: each is added to what it says by then.
  const now = useRef<{ photos: readonly string[]; onPhotos: PhotoFieldsProps['onPhotos'] } | null>(null)
  useLayoutEffect(() => {
    now.current = { photos, onPhotos }
    return () => {
      now.current = null
    }
  })

  async function take(chosen: readonly Chosen[]) {
    setSending(true)
    setRefused(null)
    onTheirWay('sending')
    let fault: Refused | null = null
    for (const [at, one] of chosen.entries()) {
      try {
        one.redrawn ??= await redrawPhoto(one.file)
        await sendBytes(photoAdd, { ...scene.household, photoId: one.photoId }, one.redrawn)
        now.current?.onPhotos([...now.current.photos, one.photoId])
      } catch (error) {
        const problem = problemOf(error)
        const isFileAtFault = problem.problem === 'notAPhotograph'
        fault = { problem, fileName: isFileAtFault ? one.file.name : null, left: isFileAtFault ? [] : chosen.slice(at) }
        if (!isFileAtFault) break
      }
    }
    setRefused(fault)
    setSending(false)
    onTheirWay(fault ? 'refused' : 'sent')
  }

  return (
    <div className="field">
      <p className="field-label">{text.label}</p>
      <p className="field-hint">{text.hint}</p>
      {photos.length > 0 && (
        <div className="tags">
          {photos.map((id, index) => (
            <Tag
              key={id}
              onRemove={() => onPhotos(photos.filter((one) => one !== id))}
              removeLabel={text.remove(String(index + 1))}
            >
              {text.one(String(index + 1))}
            </Tag>
          ))}
        </div>
      )}
      <div>
        <Button
          size="small"
          icon="plus"
          isPending={isSending}
          isDisabled={photos.length >= most}
          onPress={() => input.current?.click()}
        >
          {text.add}
        </Button>
        <input
          ref={input}
          type="file"
          accept="image/jpeg,image/png,image/webp"
          multiple
          hidden
          aria-label={text.add}
          onChange={(event) => {
            const files = [...(event.target.files ?? [])]
            event.target.value = ''
            const chosen = files.slice(0, most - photos.length)
            if (chosen.length > 0) void take(chosen.map((file) => ({ photoId: newId(), file, redrawn: null })))
          }}
        />
      </div>
      <div aria-live="polite">
        {refused && (
          <PhotoFault
            refused={refused}
            onAgain={() => {
              void take(refused.left)
            }}
          />
        )}
      </div>
    </div>
  )
}

function PhotoFault({ refused, onAgain }: { refused: Refused; onAgain: () => void }) {
  const common = useText(commonText)
  const { problem, fileName, left } = refused
  const { what, next } = useProblemSentences(problem.problem, problem.details)
  return (
    <>
      <p className="field-fault">
        <Icon name="alert" size="sm" />
        <span>
          {fileName && `${fileName}: `}
          {what} {next}
        </span>
      </p>
      {left.length > 0 && (
        <Button size="small" onPress={onAgain}>
          {common.retry}
        </Button>
      )}
    </>
  )
}
