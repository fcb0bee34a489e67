/** What a template's task looks like, in outline. Templates without a picture of their own show a plain sheet. */
export function TemplatePicture({ id }: { id: string }) {
  return (
    <svg className="template-picture" viewBox="0 0 240 132" aria-hidden="true">
      <rect className="sheet" x="0.5" y="0.5" width="239" height="131" rx="4" />
      <path className="text" d="M14 16h150M14 25h92" />
      <path className="line" d="M0 38h240" />
      {id === 'compare-responses' ? (
        <Compare />
      ) : (
        <path className="text" d="M14 56h196M14 68h180M14 80h204" />
      )}
      <rect className="edge" x="0.5" y="0.5" width="239" height="131" rx="4" />
    </svg>
  )
}

const Compare = () => (
  <>
    <path className="line" d="M88 38v94M176 38v94" />
    <path className="label" d="M14 50h14M102 50h14" />
    <path className="text" d="M14 64h60M14 73h54M14 82h62M14 91h40M14 106h58M14 115h48" />
    <path className="text" d="M102 64h56M102 73h62M102 82h50M102 91h58M102 100h30" />
    {[0, 1, 2, 3, 4, 5, 6].map((step) => (
      <rect
        key={step}
        className={step < 2 ? 'box' : step < 4 ? 'box chosen' : 'box'}
        x={185 + step * 7}
        y="56"
        width="6"
        height="9"
        rx="1"
      />
    ))}
    <path className="text" d="M185 80h40M185 89h44M185 98h26" />
    <rect className="act" x="205" y="112" width="24" height="9" rx="2" />
  </>
)
