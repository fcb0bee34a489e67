import type { ExportJob } from '@groundwork/contract'
import { Check, Copy, Download } from 'lucide-react'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { Table } from '../../ui/bits.tsx'
import { formatBytes, formatNumber } from '../../ui/format.ts'
import { useCopy } from '../../ui/markdown/use-copy.ts'

type File = ExportJob['files'][number]

/** Files with size and hash, so that a download can be checked. */
export function FilesTable({ files, caption }: { files: File[]; caption: string }) {
  const { t } = useTranslation('exports')
  return (
    <Table caption={caption}>
      <thead>
        <tr>
          <th scope="col">{t('file')}</th>
          <th scope="col" className="num">
            {t('size')}
          </th>
          <th scope="col">{t('sha256')}</th>
        </tr>
      </thead>
      <tbody>
        {files.map((file) => (
          <tr key={file.name}>
            <td>
              <a className="export-file" href={file.url} download={file.name}>
                <Download className="icon" />
                {file.name}
              </a>
            </td>
            <td className="num" title={t('bytes', { number: formatNumber(file.bytes) })}>
              {formatBytes(file.bytes)}
            </td>
            <td>
              <Hash value={file.sha256} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function Hash({ value }: { value: string }) {
  const { t } = useTranslation('exports')
  const [copied, copy] = useCopy()
  return (
    <span className="export-hash">
      <code title={value}>{value.slice(0, 16)}…</code>
      <Button
        look="quiet"
        iconOnly
        aria-label={t(copied ? 'copied' : 'copyHash')}
        onClick={() => copy(value)}
      >
        {copied ? <Check className="icon" /> : <Copy className="icon" />}
      </Button>
    </span>
  )
}
