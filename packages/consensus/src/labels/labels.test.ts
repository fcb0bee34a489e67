import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  CsvError,
  GoldCsvParser,
  LabelsCsvParser,
  labelsFromColumns,
  labelsFromRows,
  parseLabelsCsv,
} from '../index.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

function inChunks(text: string, size: number) {
  const parser = new LabelsCsvParser()
  const all = bytes(text)
  for (let i = 0; i < all.length; i += size) parser.push(all.subarray(i, i + size))
  return parser.finish()
}

describe('reading CSV', () => {
  test('columns in any order, extra columns, quotes, CRLF, byte order mark, blank lines, no last newline', () => {
    const text =
      '\uFEFFlabel,note,task,worker\r\n"ja, klar",x,t1,w1\r\n\r\nno,"a ""b""\nc","t""2",wörk\r\n"ja, klar",,t1,w2'
    for (const size of [1, 2, 7, 1000]) {
      const labels = inChunks(text, size)
      expect(labels.classes).toEqual(['ja, klar', 'no'])
      expect(labels.tasks.names()).toEqual(['t1', 't"2'])
      expect(labels.workers.names()).toEqual(['w1', 'wörk', 'w2'])
      expect([...labels.label]).toEqual([0, 1, 0])
      expect(labels.workers.indexOf('wörk')).toBe(1)
      expect(labels.workers.indexOf('nobody')).toBe(-1)
    }
  })

  test('tabs and semicolons are recognised from the header', () => {
    expect(parseLabelsCsv('worker\ttask\tlabel\na\tb\tc,d\n').classes).toEqual(['c,d'])
    expect(parseLabelsCsv('worker;task;label\na;b;c\n').classes).toEqual(['c'])
  })

  test('any rows survive the way through CSV, however the bytes are cut', () => {
    const value = fc.string({ minLength: 1, maxLength: 6 }).filter((text) => !/^[\s\r]|[\s\r]$/.test(text))
    fc.assert(
      fc.property(
        fc.array(fc.record({ worker: value, task: value, label: value }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 30 }),
        (rows, size) => {
          const quote = (text: string) => `"${text.replaceAll('"', '""')}"`
          const text = `worker,task,label\n${rows.map((row) => [row.worker, row.task, row.label].map(quote).join(',')).join('\n')}`
          const read = inChunks(text, size)
          const direct = labelsFromRows(rows)
          expect(read.classes).toEqual(direct.classes)
          expect([...read.task]).toEqual([...direct.task])
          expect([...read.worker]).toEqual([...direct.worker])
          expect([...read.label]).toEqual([...direct.label])
          expect(read.tasks.names()).toEqual(direct.tasks.names())
        },
      ),
      { seed: 4, numRuns: 200 },
    )
  })

  test('bad lines are named', () => {
    const text = 'worker,task,label\na,b,c\na,b\n\n,t,c\na,b,c,d\n"a,b,c\n'
    try {
      parseLabelsCsv(text)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(CsvError)
      expect((error as CsvError).problems).toEqual([
        { line: 3, message: '2 columns instead of 3' },
        { line: 5, message: 'the worker is empty' },
        { line: 6, message: '4 columns instead of 3' },
        { line: 7, message: 'a quoted value is never closed' },
      ])
    }
  })

  test('a missing column, an empty file and a header alone are errors', () => {
    expect(() => parseLabelsCsv('worker,item,label\n')).toThrow(/no column 'task'.*'item'/)
    expect(() => parseLabelsCsv('')).toThrow(/empty/)
    expect(() => parseLabelsCsv('worker,task,label\n')).toThrow(/no rows/)
    expect(() => new GoldCsvParser().finish()).toThrow(/empty/)
  })

  test('many distinct ids keep their numbers', () => {
    const rows = Array.from({ length: 5000 }, (_, i) => `w${i % 7},task-${i},${i % 3}`)
    const labels = parseLabelsCsv(`worker,task,label\n${rows.join('\n')}\n`)
    expect(labels.tasks.size).toBe(5000)
    for (let i = 0; i < 5000; i += 371) {
      expect(labels.tasks.name(i)).toBe(`task-${i}`)
      expect(labels.tasks.indexOf(`task-${i}`)).toBe(i)
    }
  })
})

describe('duplicates', () => {
  const rows = [
    { worker: 'w', task: 't', label: 'a' },
    { worker: 'v', task: 't', label: 'a' },
    { worker: 'w', task: 's', label: 'a' },
    { worker: 'w', task: 't', label: 'b' },
    { worker: 'w', task: 't', label: 'b' },
  ]

  test('are counted and kept by default', () => {
    const labels = labelsFromRows(rows)
    expect(labels.duplicates).toEqual({ policy: 'all', repeated: 2, conflicting: 2, dropped: 0 })
    expect(labels.task.length).toBe(5)
  })

  test('first and last', () => {
    const first = labelsFromRows(rows, { duplicates: 'first' })
    expect([...first.label]).toEqual([0, 0, 0])
    expect(first.duplicates.dropped).toBe(2)
    const last = labelsFromRows(rows, { duplicates: 'last' })
    expect([...last.label]).toEqual([0, 0, 1])
  })
})

test('columns are checked', () => {
  const column = (...values: number[]) => Int32Array.from(values)
  expect(() => labelsFromColumns({ task: column(0), worker: column(0, 1), label: column(0) })).toThrow(
    /equally long/,
  )
  expect(() => labelsFromColumns({ task: column(0), worker: column(-1), label: column(0) })).toThrow(
    /negative worker/,
  )
  expect(() =>
    labelsFromColumns({ task: column(0), worker: column(0), label: column(2), classes: ['a', 'b'] }),
  ).toThrow(/only 2 names/)
})

test('a label outside the given classes is an error', () => {
  expect(() => labelsFromRows([{ worker: 'w', task: 't', label: 'c' }], { classes: ['a', 'b'] })).toThrow(
    /'c' is not among the classes 'a', 'b'/,
  )
})
