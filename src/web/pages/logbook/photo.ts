/** Photographs are drawn anew before they leave the device: smaller, and without what the camera wrote beside the picture. */
import { problemCodes } from '../../../domain/problem.ts'
import { AskError } from '../../api.ts'

const longestSide = 1600
const quality = 0.82

/** @throws AskError notAPhotograph when the file is not a picture that the browser can read, as the server would say it */
export async function redrawPhoto(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => {
    throw new AskError({ code: problemCodes.notAPhotograph, problem: 'notAPhotograph', details: {}, requestId: '' })
  })
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser cannot draw')
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
  if (!blob) throw new Error('This browser cannot write a JPEG')
  return blob
}
