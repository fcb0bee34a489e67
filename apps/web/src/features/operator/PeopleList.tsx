import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { errorText } from '../../api/error-text.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty, Table } from '../../ui/bits.tsx'
import { formatNumber } from '../../ui/format.ts'
import { PersonRow } from './PersonRow.tsx'
import { usersQuery } from './queries.ts'

const route = getRouteApi('/shell/operator')

/** Everybody with an account, newest first; the search is part of the address. */
export function PeopleList() {
  const { t } = useTranslation('operator')
  const { search } = route.useSearch()
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(usersQuery(search))
  const people = data?.pages.flatMap((page) => page.items) ?? []
  const shown = formatNumber(people.length)
  return (
    <section className="section" aria-labelledby="people">
      <div className="section-head">
        <h2 id="people">{t('people.title')}</h2>
        <p role="status">
          {data && t(hasNextPage ? 'people.first' : 'people.shown', { count: people.length, shown })}
        </p>
        <div className="end">
          <SearchField />
        </div>
      </div>
      {error && <p className="form-error">{errorText(error)}</p>}
      {data && people.length === 0 && (
        <Empty title={t('people.noneTitle')}>{t('people.none', { search })}</Empty>
      )}
      {people.length > 0 && (
        <Table caption={t('people.table')} className="two-line">
          <thead>
            <tr>
              <th scope="col">{t('people.name')}</th>
              <th scope="col">{t('people.is')}</th>
              <th scope="col" className="num">
                {t('people.since')}
              </th>
              <th scope="col">
                <span className="sr">{t('people.act')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <PersonRow key={person.id} person={person} />
            ))}
          </tbody>
        </Table>
      )}
      {hasNextPage && (
        <div className="operator-more">
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('people.more')}
          </Button>
        </div>
      )}
    </section>
  )
}

const PAUSE_MS = 250

function SearchField() {
  const { t } = useTranslation('operator')
  const { search } = route.useSearch()
  const navigate = useNavigate()
  const [text, setText] = useState(search ?? '')
  useEffect(() => {
    const wanted = text.trim() || undefined
    if (wanted === search) return
    const timer = setTimeout(
      () => void navigate({ to: '/operator', search: { search: wanted }, replace: true, resetScroll: false }),
      PAUSE_MS,
    )
    return () => clearTimeout(timer)
  }, [text, search, navigate])
  return (
    <label className="operator-search">
      <span className="sr">{t('people.search')}</span>
      <Search className="icon" />
      <input
        className="input"
        type="search"
        value={text}
        maxLength={200}
        placeholder={t('people.placeholder')}
        onChange={(event) => setText(event.target.value)}
      />
    </label>
  )
}
