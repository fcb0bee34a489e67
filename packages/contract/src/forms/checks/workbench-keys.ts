/** Keys that do the same in every task, whatever question is being answered, and what they do. No option can have one of them. */
export const workbenchKeys: Readonly<Record<string, string>> = {
  s: 'Skip',
  f: 'Flag',
  g: 'Guideline',
  h: 'Help',
  j: 'Scroll down',
  k: 'Scroll up',
}
