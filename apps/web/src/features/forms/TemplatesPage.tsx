import type { Template } from '@groundwork/contract'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useHasRole } from '../../api/session.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Empty } from '../../ui/bits.tsx'
import { formatDuration } from '../../ui/format.ts'
import { TemplatePicture } from '../../ui/TemplatePicture.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { templatesQuery } from './queries.ts'
import { templateGroups } from './template-groups.ts'
import './forms.css'

/** Every kind of task, by picture. */
export function TemplatesPage() {
  const { t } = useTranslation('forms')
  const { items } = useSuspenseQuery(templatesQuery).data
  const own = items.filter((each) => each.organizationId !== null)
  const mayCreate = useHasRole('manager')
  useTitle(t('gallery.title'))
  return (
    <>
      <div className="page-head">
        <h1>{t('gallery.title')}</h1>
        {mayCreate && (
          <Link className="btn primary end" to="/templates/$templateId" params={{ templateId: 'new' }}>
            {t('gallery.scratch')}
          </Link>
        )}
      </div>
      <p className="lede">{t('gallery.lede')}</p>
      {templateGroups.map((group) => (
        <Group
          key={group}
          title={t(`gallery.groups.${group}`)}
          templates={items.filter((each) => each.group === group && each.organizationId === null)}
        />
      ))}
      {own.length > 0 ? (
        <Group title={t('gallery.own')} templates={own} />
      ) : (
        <section className="gallery-group">
          <h2>{t('gallery.own')}</h2>
          <Empty title={t('gallery.own')}>{t('gallery.none')}</Empty>
        </section>
      )}
    </>
  )
}

function Group({ title, templates }: { title: string; templates: readonly Template[] }) {
  const { t } = useTranslation('forms')
  const mayCreate = useHasRole('manager')
  if (templates.length === 0) return null
  return (
    <section className="gallery-group" aria-label={title}>
      <h2>{title}</h2>
      <ul className="gallery">
        {templates.map((template) => (
          <li key={template.id}>
            <TemplatePicture id={template.id} form={template.form} />
            <h3>{template.name}</h3>
            <p className="hint">{template.description}</p>
            <p className="faint small">
              {t('gallery.estimate', { time: formatDuration(template.estimateSeconds * 1_000) })}
              {template.samples > 0 && <> · {t('gallery.samples', { count: template.samples })}</>}
            </p>
            <span className="acts">
              {mayCreate && (
                <Link className="btn s" to="/projects/new" search={{ template: template.id }}>
                  {t('gallery.use')}
                </Link>
              )}
              <Link className="btn s quiet" to="/templates/$templateId" params={{ templateId: template.id }}>
                {t(template.organizationId === null ? 'gallery.look' : 'gallery.edit')}
              </Link>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
