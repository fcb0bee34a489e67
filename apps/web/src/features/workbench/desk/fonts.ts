/** Fonts for easier reading, self-hosted, both under the SIL Open Font License. */
export const loadFont = (font: 'hyperlegible' | 'dyslexic'): Promise<unknown> =>
  font === 'hyperlegible'
    ? Promise.all([
        import('@fontsource-variable/atkinson-hyperlegible-next/wght.css'),
        import('@fontsource-variable/atkinson-hyperlegible-next/wght-italic.css'),
      ])
    : Promise.all([
        import('@fontsource/opendyslexic/400.css'),
        import('@fontsource/opendyslexic/400-italic.css'),
        import('@fontsource/opendyslexic/700.css'),
      ])
