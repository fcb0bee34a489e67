/** Any of a few values, in their own order. */
export function SetField({
  label,
  error,
  values,
  chosen,
  onChange,
}: {
  label: string
  error: string | undefined
  values: readonly { value: string; label: string }[]
  chosen: unknown
  onChange: (value: string[]) => void
}) {
  const given: unknown[] = Array.isArray(chosen) ? chosen : []
  return (
    <fieldset className="field form-set">
      <legend>{label}</legend>
      {values.map((each) => (
        <label key={each.value} className="check">
          <input
            type="checkbox"
            checked={given.includes(each.value)}
            onChange={(event) =>
              onChange(
                values
                  .map(({ value }) => value)
                  .filter((value) => (value === each.value ? event.target.checked : given.includes(value))),
              )
            }
          />
          <span>{each.label}</span>
        </label>
      ))}
      {error && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  )
}
