import { useEffect, useRef } from 'react'

/** Rows that can be added and removed; the focus follows to the new row, or back to the button that adds one. */
export function useRows<Row extends { key: number }>({
  rows,
  onChange,
  empty,
}: {
  rows: Row[]
  onChange: (rows: Row[]) => void
  empty: () => Row
}) {
  const list = useRef<HTMLUListElement>(null)
  const addButton = useRef<HTMLButtonElement>(null)
  const before = useRef(rows.length)
  useEffect(() => {
    if (rows.length > before.current)
      list.current?.lastElementChild?.querySelector<HTMLElement>('select')?.focus()
    if (rows.length < before.current) addButton.current?.focus()
    before.current = rows.length
  }, [rows.length])
  return {
    list,
    addButton,
    change: (key: number, part: Partial<Row>) =>
      onChange(rows.map((row) => (row.key === key ? { ...row, ...part } : row))),
    add: () => onChange([...rows, empty()]),
    remove: (key: number) => onChange(rows.filter((row) => row.key !== key)),
  }
}
