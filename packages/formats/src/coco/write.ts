import type { Message } from '@groundwork/contract'
import { type Block, count, type WriteReport, type Written } from '../export/report.ts'
import { countingVerdicts, type Feedback } from '../feedback/feedback.ts'
import { lossesOfImage } from '../feedback/losses.ts'

/**
 * One COCO document: ids count from 1, boxes are in pixels. Annotations are written as they come and images and categories after them, so
 * that only those are kept in memory.
 */
export function writeCoco(feedback: AsyncIterable<Feedback> | Iterable<Feedback>): Written {
  const report: WriteReport = { kept: 0, dropped: {}, notes: {}, splits: { train: 0 } }
  const images: string[] = []
  const categories = new Map<string, number>()
  let annotations = 0

  function boxesOf(each: Feedback, imageId: number): string[] {
    return countingVerdicts(each, 'boxes').flatMap(({ boxes }) =>
      boxes.map(({ x, y, width, height, label }) => {
        const category = categories.get(label) ?? categories.size + 1
        categories.set(label, category)
        return JSON.stringify({
          id: ++annotations,
          image_id: imageId,
          category_id: category,
          bbox: [x, y, width, height],
          area: width * height,
          iscrowd: 0,
        })
      }),
    )
  }

  async function* blocks(): AsyncGenerator<Block> {
    yield { split: 'train', text: '{"annotations":[' }
    for await (const each of feedback) {
      const image = imageOf(each.task.context)
      const { width, height } = each.task.metadata ?? {}
      if (image === null) count(report.dropped, 'no_image')
      else if (typeof width !== 'number' || typeof height !== 'number') count(report.dropped, 'no_image_size')
      else {
        const first = annotations === 0
        images.push(JSON.stringify({ id: images.length + 1, file_name: image, width, height }))
        const boxes = boxesOf(each, images.length)
        for (const what of lossesOfImage(each)) count(report.notes, what)
        report.kept++
        report.splits.train = report.kept
        if (boxes.length > 0) yield { split: 'train', text: `${first ? '' : ','}${boxes.join(',')}` }
      }
    }
    const names = [...categories].map(([name, id]) => JSON.stringify({ id, name }))
    yield { split: 'train', text: `],"images":[${images.join(',')}],"categories":[${names.join(',')}]}\n` }
  }
  return { blocks: blocks(), report }
}

function imageOf(context: readonly Message[]): string | null {
  for (const { parts } of context) for (const part of parts) if (part.type === 'image') return part.assetId
  return null
}
