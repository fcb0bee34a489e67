import { isRow, type Row } from '../container/records.ts'
import { checkText } from '../content/check.ts'
import { optionalNumber, type ReadContext, wantedNumber, wantedRows, wantedText } from '../content/fields.ts'
import { buildTask } from '../content/task.ts'
import type { Feedback, Verdict } from '../feedback/feedback.ts'

type Box = Extract<Verdict, { type: 'boxes' }>['boxes'][number]

/**
 * A COCO document: one task for each image, named by its file, with its boxes in pixels. The document is one record, so the limit of a record is
 * the limit of the file. Segmentations and key points are left out.
 */
export function readCoco(row: Row, context: ReadContext): Feedback[] {
  const labels = new Map(wantedRows(row, 'categories').map((each) => [each.id, wantedText(each, 'name')]))
  const boxes = new Map<unknown, Box[]>()
  for (const each of wantedRows(row, 'annotations')) {
    const box = readBox(each, labels)
    const known = boxes.get(each.image_id)
    if (box && known) known.push(box)
    else if (box) boxes.set(each.image_id, [box])
    else
      context.notes.once(
        'annotation_left_out',
        'Annotations without a box of four numbers, or of an unknown category, are left out.',
      )
    if (Array.isArray(each.segmentation) && each.segmentation.length > 0) {
      context.notes.once('segmentation_left_out', 'Segmentations are left out; boxes are kept.')
    }
  }
  return wantedRows(row, 'images').map((image) => {
    const file = checkText(wantedText(image, 'file_name'), 'file_name', 200)
    const task = buildTask({
      context: [{ role: 'user', parts: [{ type: 'image', assetId: file }] }],
      answers: [],
      externalId: file,
      metadata: { width: wantedNumber(image, 'width'), height: wantedNumber(image, 'height') },
    })
    const found = boxes.get(image.id) ?? []
    return { task, annotations: found.length > 0 ? [{ verdict: { type: 'boxes', boxes: found } }] : [] }
  })
}

export function detectCoco(row: Row): string | null {
  const fits = Array.isArray(row.images) && Array.isArray(row.annotations) && Array.isArray(row.categories)
  return fits ? '`images`, `annotations` and `categories` are lists: COCO' : null
}

function readBox(row: Row, labels: Map<unknown, string>): Box | null {
  const label = labels.get(row.category_id)
  if (label === undefined || !Array.isArray(row.bbox) || row.bbox.length !== 4) return null
  const named = { x: row.bbox[0], y: row.bbox[1], width: row.bbox[2], height: row.bbox[3] }
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((key) =>
    isRow(named) && typeof named[key as keyof typeof named] === 'number'
      ? optionalNumber(named, key)
      : undefined,
  )
  if (x === undefined || y === undefined || width === undefined || height === undefined) return null
  return { x, y, width, height, label: checkText(label, 'name', 2_000) }
}
