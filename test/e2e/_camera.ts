/** A film that stands before a phone's camera: what another phone shows, held by a hand that is not steady. */
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { launchChromium } from './_chromium.ts'

const [width, height] = [1280, 720]
const framesPerPicture = 12

/** The flags of a browser whose camera sees the film, which may be made after it was started, and is shown again and again. */
export function lookingAt(film: string): string[] {
  return [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream=fps=10',
    `--use-file-for-fake-video-capture=${film}`,
  ]
}

/** @param pictures PNG */
export async function makeFilm(film: string, pictures: readonly Buffer[]): Promise<void> {
  const browser = await launchChromium()
  try {
    const page = await browser.newPage()
    writeFileSync(film, `YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`)
    const file = openSync(film, 'a')
    const colours = Buffer.alloc((width * height) / 2, 128)
    for (const picture of pictures)
      for (let frame = 0; frame < framesPerPicture; frame++) {
        const grey = await page.evaluate(photograph, { png: picture.toString('base64'), frame, width, height })
        writeSync(file, 'FRAME\n')
        writeSync(file, Buffer.from(grey, 'base64'))
        writeSync(file, colours)
      }
    closeSync(file)
  } finally {
    await browser.close()
  }
}

/** In the page: the picture on a grey table, turned a little, not quite sharp, in a room that is not bright. */
async function photograph(asked: { png: string; frame: number; width: number; height: number }): Promise<string> {
  const { png, frame, width, height } = asked
  const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob())
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')!
  context.fillStyle = '#777'
  context.fillRect(0, 0, width, height)
  context.translate(width / 2 + 8 * Math.sin(frame), height / 2 + 6 * Math.cos(frame))
  context.rotate(0.06 + 0.02 * Math.sin(frame))
  const scale = (0.92 * height) / picture.height
  context.scale(scale, scale)
  context.filter = 'blur(0.8px) brightness(0.8)'
  context.drawImage(picture, -picture.width / 2, -picture.height / 2)
  const { data } = context.getImageData(0, 0, width, height)
  let grey = ''
  for (let at = 0; at < data.length; at += 4)
    grey += String.fromCharCode(Math.min(255, Math.max(0, Math.round(data[at + 1]! + 20 * (Math.random() - 0.5)))))
  return btoa(grey)
}
