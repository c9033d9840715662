/**
 * Reads QR codes from what a camera shows: by the browser where it can (Android), by a library elsewhere (an iPhone, a desk
 * with Linux), which only those keep (service-worker.ts).
 */
export interface CodeDetector {
  /** Empty while no code can be read. */
  detect(source: HTMLVideoElement): Promise<readonly { rawValue: string }[]>
}

interface DetectorClass {
  new (options: { formats: 'qr_code'[] }): CodeDetector
  getSupportedFormats(): Promise<readonly string[]>
}

/** @throws {TypeError} where the library is needed, is not kept, and there is no line */
export async function createCodeDetector(): Promise<CodeDetector> {
  const own = await browsersOwn()
  const Detector = own ?? (await import('./ownDetector.ts')).BarcodeDetector
  return new Detector({ formats: ['qr_code'] })
}

/** A browser may have the class and read none of these codes, where a part of the system is missing. */
async function browsersOwn(): Promise<DetectorClass | null> {
  const { BarcodeDetector: own } = globalThis as { BarcodeDetector?: DetectorClass }
  const formats = (await own?.getSupportedFormats().catch(() => [])) ?? []
  return own && formats.includes('qr_code') ? own : null
}
