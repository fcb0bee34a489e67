import { OfflineError } from '@groundwork/client'
import type { ImportFormat, ImportPreview, ImportRecord } from '@groundwork/contract'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { client } from '../../../api/client.ts'
import { refreshProject } from '../queries.ts'
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
    mutationFn: (chosen: Chosen) => previewOf(projectId, chosen),
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
    mutationFn: (chosen: Required<Chosen>): Promise<ImportRecord> => {
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
    keepAnnotations(next: Annotations) {
      setAnnotations(next)
      // Known answers are held to the form, references are not.
      if (file) look({ file, format, annotations: next, ...(isComplete(map) && { map }) })
    },
    choose(files: readonly NamedFile[]) {
      const next = openSource(files)
      send.reset()
      setFile(next)
      setFormat('auto')
      setMap({})
      look({ file: next, format: 'auto', annotations })
    },
    readAs(next: ImportFormat) {
      if (!file) return
      setFormat(next)
      look({ file, format: next, annotations, ...(isComplete(map) && { map }) })
    },
    mapTo(next: MapDraft) {
      setMap(next)
      if (file && isComplete(next)) look({ file, format: 'pairs', annotations, map: next })
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

/** The file could be read, but its rows are not what the form of the project judges. */
export const fitsNowhere = ({ preview }: ImportState): boolean =>
  preview.data !== undefined && preview.data.tasks.length === 0 && (preview.data.fit?.misfits.length ?? 0) > 0

const isAbort = (error: unknown) => error instanceof Error && error.name === 'AbortError'

type Chosen = { file: Source; format: ImportFormat; map?: MapDraft; annotations?: Annotations }

/** Held to the form of the project, so that a row that nobody could judge is seen before anything is stored. */
async function previewOf(projectId: string, chosen: Chosen): Promise<ImportPreview> {
  return client.previewImport({
    query: { ...queryOf(chosen), projectId, ...(chosen.annotations && { annotations: chosen.annotations }) },
    body: await chosen.file.head(),
  })
}

function queryOf({ file, format, map }: Chosen) {
  const mapped = (format === 'pairs' || format === 'auto') && map && isComplete(map)
  return {
    format: mapped ? ('pairs' as const) : format,
    fileName: file.name.slice(-300),
    ...(mapped && { map: mapText(map) }),
  }
}
