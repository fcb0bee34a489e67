import { OfflineError } from '@groundwork/client'
import type { Imported, ImportFormat, ImportPreview } from '@groundwork/contract'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { client } from '../../../api/client.ts'
import { queryClient } from '../../../api/query-client.ts'
import { projectQuery, refreshProject } from '../queries.ts'
import { openSource, type Source } from './chosen-source.ts'
import { isComplete, type MapDraft, mapFrom, mapText } from './field-map.ts'
import type { NamedFile } from './zip-files.ts'

const COUNT_MS = 1_000

export type Upload = {
  sent: number
  total: number
  /** Tasks stored since the upload began. */
  tasks: number
  startedAt: number
}

/** What is known about the chosen file, and its way into the project. */
export function useImport(projectId: string) {
  const [file, setFile] = useState<Source | null>(null)
  const [format, setFormat] = useState<ImportFormat>('auto')
  const [map, setMap] = useState<MapDraft>({})
  const preview = useMutation({ mutationFn: previewOf })
  const [upload, setUpload] = useState<Upload | null>(null)
  const abort = useRef<AbortController>(null)
  useCounting(projectId, upload !== null, setUpload)

  const look = (next: { file: Source; format: ImportFormat; map?: MapDraft }) =>
    preview.mutate(next, {
      onSuccess: (found) => {
        // The server's guess fills the map once; afterwards a person's choices stand.
        if (!next.map && found.suggestedMap) setMap(mapFrom(found.suggestedMap))
      },
    })

  const send = useMutation({
    mutationFn: async (chosen: { file: Source; format: ImportFormat; map: MapDraft }): Promise<Imported> => {
      abort.current = new AbortController()
      setUpload({ sent: 0, total: chosen.file.size, tasks: 0, startedAt: Date.now() })
      return client.importTasks({
        params: { id: projectId },
        query: queryOf(chosen),
        body: await chosen.file.body(),
        signal: abort.current.signal,
        onProgress: (sent, total) =>
          setUpload((now) => now && { ...now, sent, total: total ?? chosen.file.size }),
      })
    },
    onSettled: async () => {
      setUpload(null)
      await refreshProject(projectId)
    },
  })

  return {
    file,
    format,
    map,
    preview,
    upload,
    send,
    /** The upload did not come to its end: what went in stays, and the same file can be sent again. */
    brokeOff: send.error instanceof OfflineError || isAbort(send.error),
    stopped: isAbort(send.error),
    choose(files: readonly NamedFile[]) {
      const next = openSource(files)
      send.reset()
      setFile(next)
      setFormat('auto')
      setMap({})
      look({ file: next, format: 'auto' })
    },
    readAs(next: ImportFormat) {
      if (!file) return
      setFormat(next)
      look({ file, format: next, ...(isComplete(map) && { map }) })
    },
    mapTo(next: MapDraft) {
      setMap(next)
      if (file && isComplete(next)) look({ file, format: 'pairs', map: next })
    },
    forget() {
      preview.reset()
      send.reset()
      setFile(null)
    },
    sendFile() {
      if (file) send.mutate({ file, format, map })
    },
    cancel: () => abort.current?.abort(),
  }
}

export type ImportState = ReturnType<typeof useImport>

/** Whether the fields of the file have to be named by a person. */
export function needsMap({ preview, format }: ImportState): boolean {
  const found = preview.data?.format
  return format === 'pairs' || (format === 'auto' && (found === 'pairs' || found === null))
}

/** Whether the file gives tasks in the way it is read now. */
export function isReady(state: ImportState): boolean {
  const { preview, map } = state
  if (!preview.data || preview.isPending || preview.data.tasks.length === 0) return false
  return !needsMap(state) || isComplete(map)
}

const isAbort = (error: unknown) => error instanceof Error && error.name === 'AbortError'

async function previewOf(chosen: {
  file: Source
  format: ImportFormat
  map?: MapDraft
}): Promise<ImportPreview> {
  return client.previewImport({ query: queryOf(chosen), body: await chosen.file.head() })
}

function queryOf({ file, format, map }: { file: Source; format: ImportFormat; map?: MapDraft }) {
  const mapped = (format === 'pairs' || format === 'auto') && map && isComplete(map)
  return {
    format: mapped ? ('pairs' as const) : format,
    fileName: file.name.slice(-300),
    ...(mapped && { map: mapText(map) }),
  }
}

/** Tasks are stored batch by batch; the project says how many there are by now. */
function useCounting(
  projectId: string,
  running: boolean,
  setUpload: (change: (now: Upload | null) => Upload | null) => void,
) {
  useEffect(() => {
    if (!running) return
    const before = queryClient.getQueryData(projectQuery(projectId).queryKey)?.progress.tasks ?? 0
    const timer = setInterval(() => {
      client.getProject({ params: { id: projectId } }).then(
        ({ progress }) => setUpload((now) => now && { ...now, tasks: progress.tasks - before }),
        () => {},
      )
    }, COUNT_MS)
    return () => clearInterval(timer)
  }, [projectId, running, setUpload])
}
