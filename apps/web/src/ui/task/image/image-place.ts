export type ShownImage = {
  assetId: string
  alt?: string | undefined
  width?: number | undefined
  height?: number | undefined
}

const MOST_HIGH = 'min(34dvh, 26rem)'

/** The place of an image before it is there: as large as it is, but no larger than its column and its share of the window. */
export function placeOf({ width, height }: ShownImage) {
  if (!width || !height) return { maxBlockSize: MOST_HIGH }
  const share = (width / height).toFixed(4)
  return {
    aspectRatio: `${width} / ${height}`,
    inlineSize: `min(100%, ${width}px, calc(${MOST_HIGH} * ${share}))`,
  }
}
