import { Link } from '@tanstack/react-router'
import { chooseOrganization, useMe } from '../../api/session.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Part } from '../../ui/Part.tsx'

/** The organizations of the person; several are switched between in the sidebar. */
export function OrganizationsPart() {
  const { t } = useTranslation(['account', 'common'])
  const { memberships } = useMe()
  return (
    <Part title={t('organizations.title')} about={t('organizations.about')}>
      {memberships.length === 0 ? (
        <p className="muted">{t('organizations.none')}</p>
      ) : (
        <ul className="list">
          {memberships.map(({ organization, role }) => (
            <li key={organization.id} className="account-organization">
              <Link to="/organization" onClick={() => chooseOrganization(organization.id)}>
                {organization.name}
              </Link>
              <span className="muted">{t(`common:roles.${role}`)}</span>
            </li>
          ))}
        </ul>
      )}
      <div>
        <Link to="/organization/new" className="btn">
          {t('organizations.new')}
        </Link>
      </div>
    </Part>
  )
}
