import type { Project } from '@groundwork/contract'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '../../../i18n/react.ts'
import { Table, Time } from '../../../ui/bits.tsx'
import { formatNumber } from '../../../ui/format.ts'
import { Part } from '../../../ui/Part.tsx'
import { ImportTasks } from '../import/ImportTasks.tsx'
import { importsQuery } from '../queries.ts'

/** More tasks, and the files that came before. */
export function ImportSettings({ project }: { project: Project }) {
  const { t } = useTranslation('projects')
  const { data } = useQuery(importsQuery(project.id))
  const imports = data?.items ?? []
  return (
    <Part id="import" title={t('import.title')} about={t('import.about')}>
      <ImportTasks projectId={project.id} />
      {imports.length > 0 && (
        <Table caption={t('import.before')} className="two-line">
          <thead>
            <tr>
              <th scope="col">{t('import.file')}</th>
              <th scope="col">{t('import.state')}</th>
              <th scope="col" className="num">
                {t('import.tasks')}
              </th>
              <th scope="col" className="num">
                {t('import.duplicatesShort')}
              </th>
              <th scope="col" className="num">
                {t('import.knownShort')}
              </th>
              <th scope="col" className="num">
                {t('import.rejectedShort')}
              </th>
              <th scope="col" className="num">
                {t('import.when')}
              </th>
            </tr>
          </thead>
          <tbody>
            {imports.map((record) => (
              <tr key={record.id}>
                <td>
                  {record.fileName ?? t('import.unnamed')}
                  <span className="sub">{record.format}</span>
                </td>
                <td className={record.state === 'broken_off' ? 'caution' : undefined}>
                  {t(`import.states.${record.state}`)}
                </td>
                <td className="num" data-label={t('import.tasks')}>
                  {formatNumber(record.created)}
                </td>
                <td className="num" data-label={t('import.duplicatesShort')}>
                  {formatNumber(record.duplicates)}
                </td>
                <td className="num" data-label={t('import.knownShort')}>
                  {formatNumber(record.knownAnswers.set)}
                </td>
                <td className="num" data-label={t('import.rejectedShort')}>
                  {formatNumber(record.rejectedCount)}
                </td>
                <td className="num muted">
                  <Time at={record.startedAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Part>
  )
}
