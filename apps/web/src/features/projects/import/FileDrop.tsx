import { FileUp } from 'lucide-react'
import { type DragEvent, useState } from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { droppedFiles, pickedFiles } from './chosen-source.ts'
import type { NamedFile } from './zip-files.ts'

/** A place to drop a file, a zip or a folder on, or to choose one from. */
export function FileDrop({ onFiles }: { onFiles: (files: readonly NamedFile[]) => void }) {
  const { t } = useTranslation('projects')
  const [over, setOver] = useState(false)
  const take = (files: readonly NamedFile[]) => {
    if (files.length > 0) onFiles(files)
  }
  const drop = async (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(await droppedFiles(event.dataTransfer))
  }
  const picked = (input: HTMLInputElement) => {
    take(pickedFiles(input.files ?? new DataTransfer().files))
    // The same file again is a choice too.
    input.value = ''
  }
  return (
    <div>
      <label
        className={over ? 'file-drop over' : 'file-drop'}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <input
          type="file"
          accept=".jsonl,.ndjson,.json,.csv,.tsv,.txt,.parquet,.gz,.zst,.zip"
          onChange={(event) => picked(event.currentTarget)}
        />
        <FileUp className="icon" />
        <span className="strong">{t('import.drop')}</span>
        <span className="hint">{t('import.dropHint')}</span>
      </label>
      <p className="hint file-drop-more">
        {t('import.folderHint')}{' '}
        <Button className="link" onClick={() => chooseFolder(picked)}>
          {t('import.folder')}
        </Button>
      </p>
    </div>
  )
}

/** The browser's chooser for folders, which is a chooser for files with a switch. */
function chooseFolder(picked: (input: HTMLInputElement) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.webkitdirectory = true
  input.addEventListener('change', () => picked(input))
  input.click()
}
