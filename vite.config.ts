import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build, defineConfig, type Plugin, type Rolldown } from 'vite'

const oldestBrowsers = { chrome: 109 << 16, edge: 109 << 16, firefox: 115 << 16, safari: 16 << 16 }

// Chrome 109 is the last one for Windows 7, which district offices still run.
const targets = ['chrome109', 'edge109', 'firefox115', 'safari16']
const page = (name: string) => join(import.meta.dirname, 'src/web', name)
const { version } = JSON.parse(readFileSync(join(import.meta.dirname, 'package.json'), 'utf8')) as { version: string }

export default defineConfig({
  root: 'src/web',
  base: '/',
  cacheDir: '../../node_modules/.vite',
  plugins: [react(), withoutUnusedLanguages(), fieldWorker()],
  define: {
    'import.meta.env.VITE_APP_VERSION': JSON.stringify(version),
    // A phone’s clock cannot be earlier than this.
    'import.meta.env.VITE_BUILT_AT': JSON.stringify(new Date().toISOString().slice(0, 10)),
  },
  css: { transformer: 'lightningcss', lightningcss: { targets: oldestBrowsers } },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    sourcemap: false,
    target: targets,
    rolldownOptions: { input: { index: page('index.html'), field: page('field.html') } },
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

/** Builds the field app's service worker, with the list of the files that it keeps, once those are written. */
function fieldWorker(): Plugin {
  let mode = 'production'
  return {
    name: 'field-worker',
    apply: 'build',
    configResolved(config) {
      mode = config.mode
    },
    async writeBundle({ dir }, bundle) {
      if (dir === undefined) return
      const written = (name: string) => readFileSync(join(dir, name))
      const digest = (name: string) => createHash('sha256').update(written(name)).digest('hex').slice(0, 16)
      // Fonts of letters that no Thai screen shows are left to the line.
      const hashed = filesOf(bundle, 'field').filter((name) => !/latin-ext|\.woff$/.test(name))
      const plain = ['schemas.js', 'mark.svg', 'field.webmanifest', 'field-180.png', 'field-192.png']
      const files = [
        { url: '/field', revision: digest('field.html') },
        ...plain.map((name) => ({ url: `/${name}`, revision: digest(name) })),
        ...hashed.map((name) => ({ url: `/${name}`, revision: null })),
      ]
      await build({
        configFile: false,
        mode,
        logLevel: 'error',
        publicDir: false,
        define: { fieldFiles: JSON.stringify(files), 'process.env.NODE_ENV': JSON.stringify('production') },
        build: {
          outDir: dir,
          emptyOutDir: false,
          target: targets,
          // As a module it would need an export, and a worker with one is refused.
          lib: {
            entry: page('service-worker.ts'),
            formats: ['iife'],
            name: 'worker',
            fileName: () => 'service-worker.js',
          },
        },
      })
    },
  }
}

/** Everything that an entry loads, at once or later: code, styles, and the files that these name. */
function filesOf(bundle: Rolldown.OutputBundle, entry: string): string[] {
  const files = new Set<string>()
  const visit = (name: string) => {
    const file = bundle[name]
    if (!file || files.has(name)) return
    files.add(name)
    const text = file.type === 'chunk' ? file.code : name.endsWith('.css') ? String(file.source) : ''
    if (file.type === 'chunk') for (const next of [...file.imports, ...file.dynamicImports]) visit(next)
    for (const other of Object.keys(bundle)) if (text.includes(other.replace(/^assets\//, ''))) visit(other)
    if (file.type === 'chunk') for (const style of stylesOf(file)) visit(style)
  }
  for (const file of Object.values(bundle))
    if (file.type === 'chunk' && file.isEntry && file.name === entry) visit(file.fileName)
  return [...files].filter((name) => !name.endsWith('.html')).sort()
}

function stylesOf(chunk: Rolldown.OutputChunk): Iterable<string> {
  return (chunk as { viteMetadata?: { importedCss: Set<string> } }).viteMetadata?.importedCss ?? []
}
