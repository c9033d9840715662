import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const oldestBrowsers = { chrome: 109 << 16, edge: 109 << 16, firefox: 115 << 16, safari: 16 << 16 }

export default defineConfig({
  root: 'src/web',
  base: '/',
  cacheDir: '../../node_modules/.vite',
  plugins: [react(), withoutUnusedLanguages()],
  css: { transformer: 'lightningcss', lightningcss: { targets: oldestBrowsers } },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    sourcemap: false,
    // Chrome 109 is the last one for Windows 7, which district offices still run.
    target: ['chrome109', 'edge109', 'firefox115', 'safari16'],
    // The content security policy forbids data: scripts and fonts; every asset is a file with a hash in its name.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // React and the controls of the frame come first and together: 520 kB, 160 kB on the wire.
    chunkSizeWarningLimit: 600,
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: { '/api/': { target: 'http://127.0.0.1:3000', changeOrigin: false } },
  },
})

/** React Aria carries its words in 34 languages; we speak Thai (ui/libraryText.ts) and English, so the rest stays out. */
function withoutUnusedLanguages(): Plugin {
  const languageFile =
    /[\\/]react-(?:aria|stately|aria-components)[\\/]dist[\\/].*[\\/](?!en-US)[a-z]{2}-[A-Z]{2}\.m?js$/
  return {
    name: 'without-unused-languages',
    enforce: 'pre',
    load(id) {
      return languageFile.test(id) ? 'export default {}' : null
    },
  }
}
