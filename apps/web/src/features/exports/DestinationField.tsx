import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { SelectField } from '../../ui/Field.tsx'
import { DestinationDialog } from './DestinationDialog.tsx'
import { destinationsQuery } from './exports-queries.ts'

/** Where the files go beside the download. */
export function DestinationField({
  organizationId,
  value,
  onChange,
}: {
  organizationId: string
  value: string
  onChange: (id: string) => void
}) {
  const { t } = useTranslation('exports')
  const { data } = useQuery(destinationsQuery(organizationId))
  const [adding, setAdding] = useState(false)
  return (
    <>
      <SelectField
        label={t('destination')}
        hint={t('destinationHint')}
        value={value}
        aside={
          <Button className="link" onClick={() => setAdding(true)}>
            {t('addDestination')}
          </Button>
        }
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{t('downloadOnly')}</option>
        {data?.items.map((each) => (
          <option key={each.id} value={each.id}>
            {each.name} ({t(`places.${each.place.kind}`)})
          </option>
        ))}
      </SelectField>
      {adding && (
        <DestinationDialog
          organizationId={organizationId}
          onClose={() => setAdding(false)}
          onAdded={(id) => {
            setAdding(false)
            onChange(id)
          }}
        />
      )}
    </>
  )
}
