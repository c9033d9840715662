/** Photographs of a form: an own button, since a file field speaks the browser's language. */
import { useEffect, useRef, useState } from 'react'
import { PhoneFull } from '../../offline/phone.ts'
import { useText } from '../../text/dictionary.ts'
import { entryFormText } from '../../text/entryForm.ts'
import { fieldText } from '../../text/field.ts'
import { fieldFormText } from '../../text/fieldForm.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Button } from '../parts.tsx'
import { usePhone } from '../phone.tsx'
import { dropPhoto, keepPhoto, mostPhotos, photoAddress } from '../photos.ts'

export interface PhotoStepProps {
  photos: readonly string[]
  /** Given the list as it is then: pictures take a moment, and others may have come meanwhile. */
  onPhotos: (change: (photos: readonly string[]) => string[]) => void
  takeLabel?: string
}

export function PhotoStep({ photos, onPhotos, takeLabel }: PhotoStepProps) {
  const phone = usePhone()
  const text = useText(fieldFormText).photos
  const desk = useText(entryFormText).photos
  const { full } = useText(fieldText).notices
  const input = useRef<HTMLInputElement>(null)
  const [isWorking, setWorking] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  async function take(files: readonly File[]) {
    setWorking(true)
    setFault(null)
    for (const file of files.slice(0, mostPhotos - photos.length)) {
      try {
        const id = await keepPhoto(phone, file)
        onPhotos((before) => [...before, id])
      } catch (error) {
        setFault(error instanceof PhoneFull ? full : text.failed)
      }
    }
    setWorking(false)
  }
  return (
    <>
      <p className="lead">{text.lead}</p>
      {photos.length > 0 && (
        <ul className="photos">
          {photos.map((id, index) => (
            <li key={id}>
              <Picture id={id} label={desk.one(String(index + 1))} />
              <button
                type="button"
                className="photo-remove"
                aria-label={desk.remove(String(index + 1))}
                onClick={() => {
                  onPhotos((before) => before.filter((one) => one !== id))
                  void dropPhoto(phone, id)
                }}
              >
                <Icon name="cross" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Button
        icon="plus"
        isPending={isWorking}
        isDisabled={photos.length >= mostPhotos}
        onPress={() => input.current?.click()}
      >
        {isWorking ? text.working : (takeLabel ?? text.take)}
      </Button>
      {photos.length >= mostPhotos && <p className="soft">{text.most}</p>}
      <p className="fault" role="alert">
        {fault}
      </p>
      <input
        ref={input}
        type="file"
        accept="image/*"
        multiple
        hidden
        aria-label={text.take}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          event.target.value = ''
          if (files.length > 0) void take(files)
        }}
      />
    </>
  )
}

function Picture({ id, label }: { id: string; label: string }) {
  const phone = usePhone()
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    let isCurrent = true
    void photoAddress(phone, id).then((found) => {
      if (isCurrent) setAddress(found)
    })
    return () => {
      isCurrent = false
    }
  }, [phone, id])
  return address === null ? <span className="photo-coming" /> : <img src={address} alt={label} />
}
