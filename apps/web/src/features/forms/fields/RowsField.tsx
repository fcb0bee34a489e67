import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { focusDrawn } from '../../../ui/focus.ts'
import { faultAt, useEditor } from '../editor-context.ts'
import type { Fields } from '../form-draft.ts'
import type { Column, FieldSpec } from '../question-fields.ts'
import { numberFrom } from './NumberField.tsx'
import { addRows, changeRow, moveRow } from './rows.ts'

type Spec = Extract<FieldSpec, { kind: 'rows' }>

/** A list of like things in rows: options, points, axes. Several lines pasted into a label become several rows. */
export function RowsField({
  spec,
  label,
  path,
  value,
  onChange,
}: {
  spec: Spec
  label: string
  path: string
  value: unknown
  onChange: (value: Fields[] | undefined) => void
}) {
  const { t } = useTranslation('forms')
  const { faults, say } = useEditor()
  const rows = (Array.isArray(value) ? value : []) as Fields[]
  const table = useRef<HTMLDivElement>(null)
  const set = (next: Fields[]) => onChange(next.length === 0 && spec.name === 'axes' ? undefined : next)
  const focus = (row: number) =>
    focusDrawn(() => table.current?.querySelector<HTMLInputElement>(`[data-row="${row}"] input`)?.focus())
  const own = faultAt(faults, path)
  return (
    <fieldset className="field form-rows">
      <legend>{label}</legend>
      <div ref={table}>
        {rows.map((row, index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own while they are written.
            key={index}
            className="form-row"
            data-row={index}
          >
            {spec.columns.map((column) => (
              <Cell
                key={column.name}
                column={column}
                label={t('rows.cell', {
                  name: t(`columns.${column.name}` as 'columns.label'),
                  row: index + 1,
                })}
                row={row}
                rows={rows}
                error={faultAt(faults, `${path}.${index}.${column.name}`)}
                onChange={(next) => set(changeRow(rows, index, column.name, next))}
                onLines={(lines) => set(addRows(rows, index, column.name, lines, spec.start))}
                onEnter={() => {
                  set(rows.toSpliced(index + 1, 0, structuredClone(spec.start)))
                  focus(index + 1)
                }}
              />
            ))}
            <span className="acts">
              <Button
                look="quiet"
                iconOnly
                size="s"
                disabled={index === 0}
                aria-label={t('rows.up', { row: index + 1 })}
                onClick={() => {
                  set(moveRow(rows, index, index - 1))
                  say(t('moved', { position: index, count: rows.length }))
                }}
              >
                <ArrowUp className="icon" />
              </Button>
              <Button
                look="quiet"
                iconOnly
                size="s"
                disabled={index === rows.length - 1}
                aria-label={t('rows.down', { row: index + 1 })}
                onClick={() => {
                  set(moveRow(rows, index, index + 1))
                  say(t('moved', { position: index + 2, count: rows.length }))
                }}
              >
                <ArrowDown className="icon" />
              </Button>
              <Button
                look="quiet"
                iconOnly
                size="s"
                aria-label={t('rows.remove', { row: index + 1 })}
                onClick={() => {
                  set(rows.toSpliced(index, 1))
                  focus(Math.max(0, index - 1))
                }}
              >
                <X className="icon" />
              </Button>
            </span>
          </div>
        ))}
      </div>
      {own && (
        <p className="error" role="alert">
          {own}
        </p>
      )}
      <div>
        <Button
          size="s"
          onClick={() => {
            set([...rows, structuredClone(spec.start)])
            focus(rows.length)
          }}
        >
          <Plus className="icon" />
          {t('rows.add')}
        </Button>
      </div>
    </fieldset>
  )
}

function Cell({
  column,
  label,
  row,
  rows,
  error,
  onChange,
  onLines,
  onEnter,
}: {
  column: Column
  label: string
  row: Fields
  rows: readonly Fields[]
  error: string | undefined
  onChange: (value: unknown) => void
  onLines: (lines: string[]) => void
  onEnter: () => void
}) {
  const { t } = useTranslation('forms')
  const value = row[column.name]
  const shared = {
    'aria-label': label,
    'aria-invalid': error ? (true as const) : undefined,
    title: error,
    className: `input ${column.kind}`,
  }
  return (
    <span className={`cell ${column.kind}`}>
      {column.kind === 'parent' ? (
        <select
          {...shared}
          value={String(value ?? '')}
          onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
        >
          <option value="">{t('rows.top')}</option>
          {rows
            .slice(0, rows.indexOf(row))
            .filter((each) => each.value)
            .map((each) => (
              <option key={String(each.value)} value={String(each.value)}>
                {String(each.label || each.value)}
              </option>
            ))}
        </select>
      ) : (
        <input
          {...shared}
          placeholder={t(`columns.${column.name}` as 'columns.label')}
          autoComplete="off"
          maxLength={column.kind === 'key' ? 1 : 300}
          inputMode={column.kind === 'number' ? 'numeric' : undefined}
          value={value === undefined ? '' : String(value)}
          onChange={({ target }) =>
            onChange(
              column.kind === 'number'
                ? numberFrom(target.value)
                : target.value === '' && column.optional
                  ? undefined
                  : column.kind === 'key'
                    ? target.value.toLowerCase()
                    : target.value,
            )
          }
          onPaste={(event) => {
            const lines = event.clipboardData
              .getData('text')
              .split(/\r?\n/)
              .filter((line) => line.trim() !== '')
            if (column.kind !== 'text' || lines.length < 2) return
            event.preventDefault()
            onLines(lines)
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
            event.preventDefault()
            onEnter()
          }}
        />
      )}
      {error && (
        <span className="error" role="alert">
          {error}
        </span>
      )}
    </span>
  )
}
