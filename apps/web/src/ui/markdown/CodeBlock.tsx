import { Check, Copy } from 'lucide-react'
import { memo, useEffect, useState } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../Button.tsx'
import type { ColouredLine } from './highlight.ts'
import { visible } from './unseen.tsx'
import { useCopy } from './use-copy.ts'

/** Longer code stays uncoloured: colouring would hold up the page. */
const MAX_COLOURED = 40_000

export const CodeBlock = memo(function CodeBlock({ code, language }: { code: string; language: string }) {
  const { t } = useTranslation()
  const lines = useColours(code, language)
  const [copied, copy] = useCopy()
  return (
    <figure className="code">
      <figcaption>
        <span>{language}</span>
        <Button
          look="quiet"
          iconOnly
          aria-label={copied ? t('actions.copied') : t('task.copyCode')}
          onClick={() => copy(code)}
        >
          {copied ? <Check className="icon" /> : <Copy className="icon" />}
        </Button>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre tabIndex={0} dir="ltr">
        <code>
          {lines
            ? lines.map((line, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text do not move.
                <span key={at}>
                  {line.map((piece, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one line do not move.
                    <span key={index} style={piece.colour ? { color: piece.colour } : undefined}>
                      {visible(piece.text)}
                    </span>
                  ))}
                  {at < lines.length - 1 && '\n'}
                </span>
              ))
            : visible(code)}
        </code>
      </pre>
    </figure>
  )
})

/** The lines of the code in colours; null until they are there, and for code without a known language. */
export function useColours(code: string, language: string): ColouredLine[] | null {
  const [coloured, setColoured] = useState<{ code: string; lines: ColouredLine[] } | null>(null)
  useEffect(() => {
    if (!language || code.length > MAX_COLOURED) return
    let wanted = true
    void import('./highlight.ts')
      .then(({ highlight }) => highlight(code, language))
      .then((lines) => {
        if (wanted && lines) setColoured({ code, lines })
      })
    return () => {
      wanted = false
    }
  }, [code, language])
  return coloured?.code === code ? coloured.lines : null
}
