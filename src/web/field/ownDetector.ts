/**
 * In a file of its own, which the build lays apart: only browsers that read no codes themselves keep it (service-worker.ts).
 */
export { BarcodeDetector } from 'qr/decode.js'
