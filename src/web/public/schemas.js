// The content policy forbids making code from text. Zod would try once, and the browser would report it on every page.
globalThis.__zod_globalConfig = { jitless: true }
