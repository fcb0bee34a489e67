import type { Form } from '@groundwork/contract'
import './template-picture.css'

/** Addresses of the pictures by file name; the browser tests take them. */
const pictures = import.meta.glob<string>('./template-pictures/*.webp', {
  eager: true,
  query: '?url',
  import: 'default',
})
const pictureOf = (id: string, scheme: string) => pictures[`./template-pictures/${id}-${scheme}.webp`]

/**
 * What a template's task looks like: a picture of the workbench for those that come with Groundwork, an outline drawn from the form
 * for all others.
 */
export function TemplatePicture({ id, form }: { id: string; form: Form }) {
  if (!pictureOf(id, 'light')) return <Outline form={form} />
  return (
    <span className="template-picture" aria-hidden="true">
      {(['light', 'dark'] as const).map((scheme) => (
        <img
          key={scheme}
          className={scheme}
          src={pictureOf(id, scheme)}
          alt=""
          width={640}
          height={352}
          loading="lazy"
          decoding="async"
        />
      ))}
    </span>
  )
}

function Outline({ form }: { form: Form }) {
  const shown = form.blocks.find((block) => block.type === 'candidates')
  const pair = shown?.layout === 'side_by_side' && form.questions.some(({ type }) => type === 'preference')
  return (
    <svg className="template-picture" viewBox="0 0 240 132" aria-hidden="true">
      <rect className="sheet" x="0.5" y="0.5" width="239" height="131" rx="4" />
      <path className="text" d="M14 16h150M14 25h92" />
      <path className="line" d="M0 38h240M176 38v94" />
      {pair ? (
        <>
          <path className="line" d="M88 38v94" />
          <path className="text" d="M14 54h60M14 63h54M14 72h62M14 81h40M14 96h58M14 105h48" />
          <path className="text" d="M102 54h56M102 63h62M102 72h50M102 81h58M102 90h30" />
        </>
      ) : (
        <path className="text" d="M14 54h146M14 63h132M14 72h148M14 81h98M14 96h140M14 105h118" />
      )}
      {form.questions.slice(0, 4).map((question, index) => (
        <g key={question.id} transform={`translate(185 ${48 + index * 16})`}>
          <path className="text" d="M0 0h40" />
          {[0, 1, 2, 3].map((box) => (
            <rect
              key={box}
              className={box === index % 3 ? 'box chosen' : 'box'}
              x={box * 10}
              y="4"
              width="8"
              height="6"
              rx="1"
            />
          ))}
        </g>
      ))}
      <rect className="act" x="205" y="116" width="24" height="9" rx="2" />
      <rect className="edge" x="0.5" y="0.5" width="239" height="131" rx="4" />
    </svg>
  )
}
