/** Tells the form whether photographs are still being sent, so that an entry is never saved without them. */
import { createContext } from 'react'

/** `refused`: at least one did not get there, and its sentence wants to be read. */
export type PhotoSending = 'sending' | 'sent' | 'refused'

export const PhotosOnTheirWay = createContext<(state: PhotoSending) => void>(() => {})
