/** Photographs of an entry: sent as soon as they are chosen, so that the entry itself stays small and quick. */
import { useRef, useState } from 'react'
import { photoAdd } from '../../../../contract/logbook.ts'
import { sendBytes } from '../../../api.ts'
import { newId } from '../../../new-id.ts'
import { useText } from '../../../text/dictionary.ts'
import { entryFormText } from '../../../text/entryForm.ts'
import { Button } from '../../../ui/Button.tsx'
import { Tag } from '../../../ui/Feedback.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { redrawPhoto } from '../photo.ts'
import type { Scene } from './fields.ts'

const most = 12

export interface PhotoFieldsProps {
  scene: Scene
  photos: readonly string[]
  onPhotos: (photos: string[]) => void
}

export function PhotoFields({ scene, photos, onPhotos }: PhotoFieldsProps) {
  const text = useText(entryFormText).photos
  const input = useRef<HTMLInputElement>(null)
  const [isSending, setSending] = useState(false)
  const [hasFailed, setFailed] = useState(false)

  async function take(files: readonly File[]) {
    setSending(true)
    setFailed(false)
    const sent = [...photos]
    try {
      for (const file of files.slice(0, most - photos.length)) {
        const photoId = newId()
        await sendBytes(photoAdd, { ...scene.household, photoId }, await redrawPhoto(file))
        sent.push(photoId)
      }
    } catch {
      setFailed(true)
    }
    setSending(false)
    if (sent.length > photos.length) onPhotos(sent)
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
            if (files.length > 0) void take(files)
          }}
        />
      </div>
      <div aria-live="polite">
        {hasFailed && (
          <p className="field-fault">
            <Icon name="alert" size="sm" />
            <span>{text.failed}</span>
          </p>
        )}
      </div>
    </div>
  )
}
