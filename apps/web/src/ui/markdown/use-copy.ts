import { useEffect, useRef, useState } from 'react'

/** Copies a text; the flag is true for two seconds after, so that the button can say so. */
export function useCopy(): [copied: boolean, copy: (text: string) => void] {
  const [copied, setCopied] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const copy = (text: string) => {
    navigator.clipboard.writeText(text).then(
      () => {
        setCopied(true)
        clearTimeout(timer.current)
        timer.current = setTimeout(() => setCopied(false), 2_000)
      },
      () => setCopied(false),
    )
  }
  return [copied, copy]
}
