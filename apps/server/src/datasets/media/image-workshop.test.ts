import { expect, test } from 'vitest'
import { picture, png } from '../../../../../tests/support/images.ts'
import { cleanImage } from './image-workshop.ts'

test('an image that takes too long ends its decoder, and only that', async () => {
  const good = await png(1)
  const large = await picture(2, 3_000, 3_000).png().toBuffer()
  const [late, ...others] = await Promise.all([
    cleanImage(large, { ms: 1 }),
    ...Array.from({ length: 5 }, () => cleanImage(good)),
  ])
  expect(late).toMatchObject({
    problem: { code: 'image_broken', message: expect.stringContaining('too long') },
  })
  for (const each of others) expect(each).toMatchObject({ image: { mime: 'image/png', width: 64 } })
  expect(await cleanImage(large)).toMatchObject({ image: { width: 3_000 } })
})
