import type { ImportPreview } from '@groundwork/contract'
import { useTranslation } from '../../../i18n/react.ts'
import { Table } from '../../../ui/bits.tsx'
import { SelectField } from '../../../ui/Field.tsx'
import { type MapRole, mapRoles } from './field-map.ts'
import type { ImportState } from './use-import.ts'

/** Which field is what, beside the first rows of the file. */
export function MapFields({ state, found }: { state: ImportState; found: ImportPreview }) {
  const { t } = useTranslation('projects')
  const roleOf = (field: string) => mapRoles.find((role) => state.map[role] === field)
  return (
    <section aria-labelledby="map-title">
      <div className="section-head">
        <h3 id="map-title">{t('import.map')}</h3>
        <p>{t(found.suggestedMap ? 'import.mapGuess' : 'import.mapChoose')}</p>
      </div>
      <div className="import-map">
        {mapRoles.map((role) => (
          <MapSelect key={role} role={role} state={state} fields={found.fields} />
        ))}
      </div>
      {found.rows.length > 0 && (
        <Table caption={t('import.rows')} className="import-rows">
          <thead>
            <tr>
              {found.fields.map((field) => {
                const role = roleOf(field)
                return (
                  <th key={field} scope="col" className={role && 'mapped'}>
                    {field}
                    {role && <span className="sub">{t(`import.roles.${role}`)}</span>}
                  </th>
                )
              })}
            </tr>
          </thead>
          <tbody>
            {found.rows.slice(0, 3).map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a sample have nothing else and do not move.
              <tr key={index}>
                {found.fields.map((field) => (
                  <td key={field} dir="auto">
                    <span className="cell">{cell(row[field])}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  )
}

function MapSelect({ role, state, fields }: { role: MapRole; state: ImportState; fields: string[] }) {
  const { t } = useTranslation('projects')
  const needed = role === 'a' || role === 'b'
  const value = state.map[role] ?? ''
  return (
    <SelectField
      label={t(`import.roles.${role}`)}
      optional={!needed}
      value={value}
      onChange={(event) => {
        const { [role]: _, ...rest } = state.map
        state.mapTo(event.target.value ? { ...rest, [role]: event.target.value } : rest)
      }}
    >
      <option value="">{t(needed ? 'import.choose' : 'import.noField')}</option>
      {value && !fields.includes(value) && <option value={value}>{value}</option>}
      {fields.map((field) => (
        <option key={field} value={field}>
          {field}
        </option>
      ))}
    </SelectField>
  )
}

const CELL = 160

function cell(value: unknown): string {
  if (value === undefined || value === null) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > CELL ? `${text.slice(0, CELL)}…` : text
}
