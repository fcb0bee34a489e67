import { Download, Upload } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useEditor } from './editor-context.ts'
import { type DraftForm, type Fault, faultsOf, readForm, writeForm } from './form-draft.ts'

type Refused = { file: string; message?: string; faults: Fault[]; given?: DraftForm }

/** Gives the form away as a JSON file, and takes one in. */
export function FormFile({ name }: { name: string }) {
  const { t } = useTranslation(['forms', 'common'])
  const { draft, change } = useEditor()
  const input = useRef<HTMLInputElement>(null)
  const [refused, setRefused] = useState<Refused | null>(null)

  const download = () => {
    const url = URL.createObjectURL(new Blob([writeForm(draft)], { type: 'application/json' }))
    const link = document.createElement('a')
    link.href = url
    link.download = `${name.replace(/[^\p{L}\p{N}]+/gu, '-').toLowerCase() || 'form'}.form.json`
    link.click()
    URL.revokeObjectURL(url)
  }
  const take = async (file: File) => {
    const read = readForm(await file.text())
    if ('message' in read) return setRefused({ file: file.name, message: read.message, faults: [] })
    const faults = faultsOf(read.draft)
    if (faults.length > 0) return setRefused({ file: file.name, faults, given: read.draft })
    change(read.draft, null)
  }
  /** Which part of the form a fault is about, as people call it. */
  const wordsOf = ({ path }: Fault, given: DraftForm | undefined) => {
    const [list, index] = path.split('.')
    const entry = list === 'questions' || list === 'blocks' ? given?.[list][Number(index)] : undefined
    if (!entry) return t(list === 'blocks' ? 'outline.blocks' : 'outline.questions')
    const name = String(entry.label ?? entry.id ?? entry.type ?? '')
    return t(list === 'blocks' ? 'file.block' : 'file.question', { number: Number(index) + 1, name })
  }
  return (
    <>
      <Button size="s" onClick={download}>
        <Download className="icon" />
        {t('file.export')}
      </Button>
      <Button size="s" onClick={() => input.current?.click()}>
        <Upload className="icon" />
        {t('file.import')}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label={t('file.import')}
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) void take(file)
        }}
      />
      <Dialog
        open={refused !== null}
        onClose={() => setRefused(null)}
        title={t('file.refused')}
        foot={<Button onClick={() => setRefused(null)}>{t('common:actions.close')}</Button>}
      >
        <p>{t('file.unchanged', { file: refused?.file })}</p>
        {refused?.message && <p className="form-error">{t('file.noForm', { message: refused.message })}</p>}
        {refused && refused.faults.length > 0 && (
          <ul className="form-faults">
            {refused.faults.slice(0, 20).map((fault) => (
              <li key={`${fault.path} ${fault.message}`}>
                <b>{wordsOf(fault, refused.given)}</b> <code>{fault.path}</code>
                <br />
                {fault.message}
              </li>
            ))}
          </ul>
        )}
        <p className="hint">
          <a href="/api/v1/form-schema.json" target="_blank" rel="noreferrer">
            {t('file.schema')}
          </a>
        </p>
      </Dialog>
    </>
  )
}
