import { type OrganizationRole, organizationRole } from '@groundwork/contract'
import { useTranslation } from '../../i18n/react.ts'

export function RoleSelect({
  label,
  value,
  disabled,
  onChange,
}: {
  label: string
  value: OrganizationRole
  disabled: boolean
  onChange: (role: OrganizationRole) => void
}) {
  const { t } = useTranslation()
  return (
    <select
      className="input role-select"
      aria-label={label}
      value={value}
      disabled={disabled}
      onChange={(event) => {
        const role = organizationRole.options.find((each) => each === event.target.value)
        if (role) onChange(role)
      }}
    >
      {organizationRole.options.map((role) => (
        <option key={role} value={role}>
          {t(`roles.${role}`)}
        </option>
      ))}
    </select>
  )
}
