import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { routeSizes } from './scripts/route-sizes.ts'

/** The build goes to `dist/`, which the server gives out. `vite dev` passes API calls on to a server on the default port. */
export default defineConfig({
  plugins: [
    react(),
    // ARCHITECTURE.md, "Numbers to reach": what the workbench loads before it can be used.
    routeSizes([
      {
        name: 'workbench',
        modules: ['src/features/workbench/WorkbenchPage.tsx', 'src/i18n/en/workbench.json'],
        maxGzipKb: 180,
      },
    ]),
  ],
  worker: {
    format: 'es',
    plugins: () => [
      {
        // The browser's build of it asks the document, which a worker does not have.
        name: 'named-characters-without-document',
        enforce: 'pre',
        resolveId: (id) =>
          id === 'decode-named-character-reference' ? fileURLToPath(import.meta.resolve(id)) : undefined,
      },
    ],
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    // The server takes sign-ins only from the host that it was called by, so the host must come through unchanged.
    proxy: { '/api': { target: 'http://127.0.0.1:4100', changeOrigin: false } },
  },
  build: {
    target: 'es2023',
    // The page's policy allows no data: fonts.
    assetsInlineLimit: 0,
    sourcemap: true,
    manifest: true,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What every page needs, in two files: it compresses better than in many, and stays cached when only the app changes.
            { name: 'vendor', test: /node_modules/, tags: ['$initial'] },
            { name: 'base', test: /src\/(ui|i18n|api)\//, tags: ['$initial'] },
          ],
        },
      },
    },
  },
})
