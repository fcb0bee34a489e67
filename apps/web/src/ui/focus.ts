/** As the `ref` of an element: it gets the focus when it appears, as the first field of a page that is only a form. */
export const focusOnMount = (element: HTMLElement | null): void => element?.focus()
