import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { build, defineConfig, type Plugin, type Rolldown } from 'vite'

const oldestBrowsers = { chrome: 109 << 16, edge: 109 << 16, firefox: 115 << 16, safari: 16 << 16 }

// Chrome 109 is the last one for Windows 7, which district offices still run.
const targets = ['chrome109', 'edge109', 'firefox115', 'safari16']
const page = (name: string) => join(import.meta.dirname, 'src/web', name)
const { version } = JSON.parse(readFileSync(join(import.meta.dirname, 'package.json'), 'utf8')) as { version: string }

const define = {
  'import.meta.env.VITE_APP_VERSION': JSON.stringify(version),
  // A phone’s clock cannot be earlier than this.
  'import.meta.env.VITE_BUILT_AT': JSON.stringify(new Date().toISOString().slice(0, 10)),
}
const css = { transformer: 'lightningcss', lightningcss: { targets: oldestBrowsers } } as const

export default defineConfig({
  root: 'src/web',
  base: '/',
  cacheDir: '../../node_modules/.vite',
  plugins: [react(), withoutUnusedLanguages(), fieldApp(), compressed()],
  define,
  css,
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    sourcemap: false,
    target: targets,
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

/**
 * Each schema of zod can describe itself as a JSON schema, and says in English what stands against a value; no phone ever asks
 * (it has its own sentences), and its line is slow.
 */
function withoutWhatNoPhoneAsks(): Plugin {
  const described = /[\\/]zod[\\/]v4[\\/]core[\\/](?:to-json-schema|json-schema-processors)\.js$/
  return {
    name: 'without-what-no-phone-asks',
    enforce: 'pre',
    load(id) {
      if (/[\\/]zod[\\/]v4[\\/]locales[\\/]en\.js$/.test(id)) return "export default () => ({ localeError: () => '' })"
      if (!described.test(id)) return null
      const text = readFileSync(id, 'utf8')
      const own = [...text.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name!)
      const renamed = [...text.matchAll(/^export \{ \w+ as (\w+) \}/gm)].map(([, name]) => name!)
      return [...own, ...renamed].map((name) => `export const ${name} = () => undefined`).join('\n')
    },
  }
}

/**
 * Builds the field app after the pages, by itself: code that it shares with them would otherwise come in pieces that hold what
 * only they need. Then its service worker, with the list of the files that it keeps.
 */
function fieldApp(): Plugin {
  let mode = 'production'
  return {
    name: 'field-app',
    apply: 'build',
    configResolved(config) {
      mode = config.mode
    },
    async writeBundle({ dir }) {
      if (dir === undefined) return
      const shared = { configFile: false, mode, logLevel: 'error', publicDir: false, define } as const
      const output = { outDir: dir, emptyOutDir: false, target: targets, assetsInlineLimit: 0 }
      const built = await build({
        ...shared,
        root: page(''),
        plugins: [react(), withoutWhatNoPhoneAsks()],
        css,
        build: {
          ...output,
          modulePreload: { polyfill: false },
          chunkSizeWarningLimit: 700,
          rolldownOptions: { input: page('field.html') },
        },
      })
      const digest = (name: string) =>
        createHash('sha256')
          .update(readFileSync(join(dir, name)))
          .digest('hex')
          .slice(0, 16)
      // Fonts of letters that no Thai screen shows are left to the line.
      const hashed = (built as Rolldown.RolldownOutput).output
        .map(({ fileName }) => fileName)
        .filter((name) => name.startsWith('assets/') && !/latin-ext|\.woff$/.test(name))
      const plain = ['schemas.js', 'mark.svg', 'field.webmanifest', 'field-180.png', 'field-192.png']
      const files = [
        { url: '/field', revision: digest('field.html') },
        ...plain.map((name) => ({ url: `/${name}`, revision: digest(name) })),
        ...hashed.map((name) => ({
          url: `/${name}`,
          revision: null,
          ...(name.startsWith('assets/ownDetector-') && { isDetector: true }),
        })),
      ]
      await build({
        ...shared,
        define: { fieldFiles: JSON.stringify(files), 'process.env.NODE_ENV': JSON.stringify('production') },
        build: {
          ...output,
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

/** Lays a smaller copy beside each file of code: an office's server has no proxy before it that would make one, and a village's line is slow. */
function compressed(): Plugin {
  let folder = ''
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle({ dir }) {
      folder = dir ?? ''
    },
    closeBundle() {
      if (folder === '') return
      const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      for (const name of names.filter((one) => /\.(?:js|css|svg)$/.test(one))) {
        const file = join(folder, name)
        const bytes = readFileSync(file)
        writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }))
        writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
      }
    },
  }
}
