import type { Shape } from './targets.ts'

/** What a row of the format holds, as an outline. */
export function TargetPicture({ shape }: { shape: Shape }) {
  return (
    <svg className="target-picture" viewBox="0 0 120 56" aria-hidden="true">
      {outlines[shape]}
    </svg>
  )
}

const outlines = {
  pair: (
    <>
      <path className="text" d="M10 10h66M10 17h40" />
      <rect className="box good" x="10" y="26" width="46" height="20" rx="3" />
      <rect className="box bad" x="64" y="26" width="46" height="20" rx="3" />
      <path className="sign good" d="m28 36 4 4 8-8" />
      <path className="sign bad" d="m83 32 8 8m0-8-8 8" />
    </>
  ),
  thumbs: (
    <>
      <path className="text" d="M10 12h66M10 19h40M10 37h58M10 44h46" />
      <circle className="box good" cx="99" cy="15" r="8" />
      <circle className="box bad" cx="99" cy="40" r="8" />
      <path className="sign good" d="m95 15 3 3 5-6" />
      <path className="sign bad" d="m96 37 6 6m0-6-6 6" />
    </>
  ),
  talk: (
    <>
      <rect className="box" x="10" y="8" width="64" height="16" rx="5" />
      <rect className="box chosen" x="34" y="31" width="76" height="18" rx="5" />
      <path className="text" d="M18 16h44M42 40h56" />
    </>
  ),
  steps: (
    <>
      <path className="text" d="M28 12h70M28 28h58M28 44h64" />
      <path className="sign good" d="m10 12 4 4 7-8M10 28l4 4 7-8" />
      <path className="sign bad" d="m11 40 8 8m0-8-8 8" />
    </>
  ),
  prompt: (
    <>
      <rect className="box chosen" x="10" y="12" width="88" height="20" rx="5" />
      <path className="text" d="M18 22h60" />
      <path className="line" d="M10 44h20" />
    </>
  ),
  votes: (
    <>
      {[10, 26, 42].map((y, row) => (
        <g key={y}>
          <circle className="box" cx="16" cy={y} r="5" />
          <path className="text" d={`M30 ${y}h36`} />
          {[0, 1, 2, 3].map((each) => (
            <rect
              key={each}
              className={each === (row * 2 + 1) % 4 ? 'box chosen' : 'box'}
              x={74 + each * 10}
              y={y - 4}
              width="8"
              height="8"
              rx="2"
            />
          ))}
        </g>
      ))}
    </>
  ),
  boxes: (
    <>
      <rect className="line" x="10" y="6" width="100" height="44" rx="3" />
      <rect className="box chosen" x="22" y="14" width="34" height="22" />
      <rect className="box good" x="68" y="22" width="28" height="20" />
    </>
  ),
  all: (
    <>
      {[8, 18, 28, 38, 48].map((y, row) => (
        <path key={y} className="text" d={`M10 ${y}h${[96, 84, 100, 70, 90][row]}`} />
      ))}
    </>
  ),
} satisfies Record<Shape, React.ReactNode>
