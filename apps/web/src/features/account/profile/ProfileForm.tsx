import type { TrainerProfile } from '@groundwork/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { client } from '../../../api/client.ts'
import { meQuery } from '../../../api/session.ts'
import { useForm } from '../../../api/use-form.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { SelectField, TextField } from '../../../ui/Field.tsx'
import { Part } from '../../../ui/Part.tsx'
import { Problem } from '../../../ui/Problem.tsx'
import { allCountries } from '../../../ui/places.ts'
import { showToast } from '../../../ui/toast-store.ts'
import { ExpertiseRows } from './ExpertiseRows.tsx'
import { LanguageRows } from './LanguageRows.tsx'
import { type DraftExpertise, type DraftLanguage, readProfile, startRows } from './profile-draft.ts'
import { browserTimeZone, timeZones } from './time-zones.ts'

export function ProfileForm({ profile, name }: { profile: TrainerProfile | null; name: string }) {
  const { t } = useTranslation(['account', 'common'])
  const navigate = useNavigate()
  const queries = useQueryClient()
  const countries = useMemo(allCountries, [])
  const zones = useMemo(() => timeZones(profile?.timeZone), [profile?.timeZone])
  const [languages, setLanguages] = useState<DraftLanguage[]>(() => startRows(profile).languages)
  const [expertise, setExpertise] = useState<DraftExpertise[]>(() => startRows(profile).expertise)
  const form = useForm({
    check: (): Record<string, string> =>
      languages.length === 0 ? { languages: t('profile.needsLanguage') } : {},
    send: (value) => client.saveTrainerProfile({ body: readProfile(value, languages, expertise) }),
    done: async () => {
      await queries.invalidateQueries({ queryKey: meQuery.queryKey })
      showToast({ text: t('profile.saved') })
      if (!profile) await navigate({ to: '/home' })
    },
  })
  const { errors } = form
  return (
    <form className="account-form" {...form.props}>
      <Part title={t('profile.you')} about={t('profile.youAbout')}>
        <TextField
          label={t('profile.displayName')}
          name="displayName"
          defaultValue={profile?.displayName ?? name}
          required
          maxLength={120}
          error={errors.displayName}
          className="account-field"
        />
        <TextField
          label={t('profile.headline')}
          hint={t('profile.headlineHint')}
          name="headline"
          defaultValue={profile?.headline}
          optional
          maxLength={200}
          error={errors.headline}
          className="account-field"
        />
      </Part>
      <Part title={t('profile.place')} about={t('profile.placeAbout')}>
        <SelectField
          label={t('profile.country')}
          name="country"
          defaultValue={profile?.country ?? ''}
          required
          autoComplete="country"
          error={errors.country}
          className="account-field"
        >
          <option value="" disabled>
            {t('profile.chooseCountry')}
          </option>
          {countries.map(({ code, name: country }) => (
            <option key={code} value={code}>
              {country}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('profile.timeZone')}
          hint={profile ? undefined : t('profile.timeZoneHint')}
          name="timeZone"
          defaultValue={profile?.timeZone ?? browserTimeZone()}
          required
          error={errors.timeZone}
          className="account-field"
        >
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </SelectField>
      </Part>
      <Part title={t('profile.languages')} about={t('profile.languagesAbout')}>
        <LanguageRows rows={languages} onChange={setLanguages} errors={errors} />
      </Part>
      <Part title={t('profile.expertise')} about={t('profile.expertiseAbout')}>
        <ExpertiseRows rows={expertise} onChange={setExpertise} errors={errors} />
      </Part>
      <div className="account-foot">
        <Problem>{form.problem}</Problem>
        <Button type="submit" look="primary" busy={form.busy}>
          {t(profile ? 'profile.save' : 'profile.become')}
        </Button>
      </div>
    </form>
  )
}
