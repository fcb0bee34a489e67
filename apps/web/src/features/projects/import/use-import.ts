import { OfflineError } from '@groundwork/client'
import type { ImportFormat, ImportPreview, ImportRecord } from '@groundwork/contract'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { client } from '../../../api/client.ts'
import { queryClient } from '../../../api/query-client.ts'
import { projectQuery, refreshProject } from '../queries.ts'
import { openSource, type Source } from './chosen-source.ts'
import { isComplete, type MapDraft, mapFrom, mapText } from './field-map.ts'
import { EndedEarly, sendFile, type Upload } from './send-file.ts'
import type { NamedFile } from './zip-files.ts'

export type Annotations = 'gold' | 'reference' | 'ignore'

/** What is known about the chosen file, and its way into the project. */
export function useImport(projectId: string) {
  const [file, setFile] = useState<Source | null>(null)
  const [format, setFormat] = useState<ImportFormat>('auto')
  const [map, setMap] = useState<MapDraft>({})
  const [annotations, setAnnotations] = useState<Annotations>('gold')
  const preview = useMutation({
    mutationFn: (chosen: Chosen) => previewOf(chosen, kindsOf(projectId)),
  })
  const [upload, setUpload] = useState<Upload | null>(null)
  const abort = useRef<AbortController>(null)

  const look = (next: Chosen) =>
    preview.mutate(next, {
      onSuccess: (found) => {
        // The server's guess fills the map once; afterwards a person's choices stand.
        if (!next.map && found.suggestedMap) setMap(mapFrom(found.suggestedMap))
      },
    })

  const send = useMutation({
    mutationFn: (chosen: Required<Chosen> & { annotations: Annotations }): Promise<ImportRecord> => {
      abort.current = new AbortController()
      const query = { ...queryOf(chosen), annotations: chosen.annotations }
      return sendFile(projectId, chosen.file, query, abort.current.signal, setUpload)
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
    brokeOff: send.error instanceof OfflineError || send.error instanceof EndedEarly || isAbort(send.error),
    stopped: isAbort(send.error) || (send.error instanceof EndedEarly && send.error.stopped),
    annotations,
    keepAnnotations: setAnnotations,
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
      if (file) send.mutate({ file, format, map, annotations })
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

type Chosen = { file: Source; format: ImportFormat; map?: MapDraft }

async function previewOf(chosen: Chosen, kinds: 'pairs' | 'all'): Promise<ImportPreview> {
  return client.previewImport({ query: { ...queryOf(chosen), kinds }, body: await chosen.file.head() })
}

/** A form that compares two takes pairs; any other takes whatever there is. */
function kindsOf(projectId: string): 'pairs' | 'all' {
  const form = queryClient.getQueryData(projectQuery(projectId).queryKey)?.form
  return !form || form.questions.some(({ type }) => type === 'preference') ? 'pairs' : 'all'
}

function queryOf({ file, format, map }: Chosen) {
  const mapped = (format === 'pairs' || format === 'auto') && map && isComplete(map)
  return {
    format: mapped ? ('pairs' as const) : format,
    fileName: file.name.slice(-300),
    ...(mapped && { map: mapText(map) }),
  }
}
