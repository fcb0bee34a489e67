import { expect, test } from 'vitest'
import { lookAt } from './support/look.ts'
import { blocks, errorsQuestion, launchForm, paintedText } from './support/marking.ts'
import { judgmentsOf } from './support/projects.ts'
import { useSite } from './support/site.ts'
import { focusOn, still, tabTo } from './support/workbench.ts'

const site = useSite()

async function open(responses: string[], question: object = errorsQuestion, device = {}) {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const project = await launchForm(team, { blocks: blocks(), questions: [question] }, [responses])
  const { page } = await site.visit(trainer, `/judge/${project.id}`, device)
  await page.getByRole('button', { name: 'Mark by keyboard' }).waitFor()
  const key = async (...keys: string[]) => {
    for (const each of keys) await page.keyboard.press(each)
  }
  return {
    page,
    key,
    picker: page.getByRole('dialog', { name: /this (passage|mark)/ }),
    cursor: page.getByRole('application'),
    reads: page.locator('.cursor-panel .reads'),
    marks: page.getByRole('list', { name: 'Marks in the order of the text' }).getByRole('listitem'),
    part: (target: string) => page.locator(`[data-target="${target}"]`),
    answer: async () => {
      await page.getByText('No work for you here right now').waitFor()
      return (await judgmentsOf(team, project.id)).t1?.[0]?.answer.errors
    },
  }
}

test('passages are marked, corrected and submitted by keyboard alone', async () => {
  const a = 'Water **always** boils at 100 °C. 👨‍👩‍👧 know that.'
  const b = 'It boils at 10 °C.'
  const { key, picker, reads, cursor, marks, answer, page } = await open([a, b])
  await expect.poll(() => page.getByRole('article').count()).toBe(2)
  await key('m')
  await reads.getByText('Water').or(reads.getByText('It')).waitFor()
  const first = (await reads.innerText()) === 'Water' ? 'a' : 'b'
  if (first === 'b') await key(']')
  await reads.getByText('Water', { exact: true }).waitFor()
  await key('ArrowRight', 'Shift+ArrowRight')
  await reads.getByText('always boils', { exact: true }).waitFor()
  await expect.poll(() => paintedText(page, 'mark-pending')).toBe('always boils')
  await key('Enter')
  await picker.waitFor()
  // What misses is said.
  await key('Enter')
  await picker.getByText('Choose a category.').waitFor()
  await key('a', 'Enter')
  await picker.getByText('Say how severe it is.').waitFor()
  await key('3', 'Enter')
  await picker.waitFor({ state: 'detached' })
  await focusOn(cursor)
  await expect.poll(() => marks.count()).toBe(1)
  await page.getByText('25 points').waitFor()

  // By character: from the second letter of "know" to its third. Then over the family, which is one character.
  await key('ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight')
  while (!(await reads.innerText()).includes('👨‍👩‍👧')) await key('ArrowRight')
  await key('Enter')
  await picker.waitFor()
  await key('f', '1')
  await tabTo(page, picker.getByRole('textbox'))
  await page.keyboard.type('Who?')
  await key('Enter')
  await picker.waitFor({ state: 'detached' })
  await focusOn(cursor)
  await expect.poll(() => marks.count()).toBe(2)

  // The other response.
  await key(first === 'a' ? ']' : '[')
  await reads.getByText('It', { exact: true }).waitFor()
  await key('End')
  await key('Shift+ArrowLeft', 'Enter')
  await picker.waitFor()
  await key('a', '2', 'Enter')
  await picker.waitFor({ state: 'detached' })
  await focusOn(cursor)
  await expect.poll(() => marks.count()).toBe(3)

  // Deleted and brought back; changed.
  await key('Escape')
  const family = page.getByRole('button', { name: /^Show “👨‍👩‍👧”/ })
  await tabTo(page, family)
  await key('Delete')
  await page.getByText('Deleted the mark').waitFor()
  await expect.poll(() => marks.count()).toBe(2)
  await key('Control+z')
  await family.waitFor()
  await tabTo(page, page.getByRole('button', { name: 'Edit the mark of “👨‍👩‍👧”' }))
  await key('Enter')
  await picker.waitFor()
  await key('2', 'Enter')
  await picker.waitFor({ state: 'detached' })
  await key('Control+Enter')

  expect(await answer()).toEqual({
    spans: expect.arrayContaining([
      {
        target: 'a:0',
        part: 0,
        start: 6,
        end: 22,
        quote: '**always** boils',
        category: 'accuracy',
        severity: 'critical',
      },
      {
        target: 'a:0',
        part: 0,
        start: 34,
        end: 39,
        quote: '👨‍👩‍👧',
        category: 'fluency',
        severity: 'major',
        comment: 'Who?',
      },
      {
        target: 'b:0',
        part: 0,
        start: 16,
        end: 18,
        quote: 'C.',
        category: 'accuracy',
        severity: 'major',
      },
    ]),
  })
})

test('nothing to mark is an answer of its own', async () => {
  const { key, answer, page } = await open(['All of this is right.'])
  await key('Enter')
  await page.getByText('Still needed').waitFor()
  await key('n')
  await expect
    .poll(() => page.getByRole('checkbox', { name: 'I read all of it and found nothing' }).isChecked())
    .toBe(true)
  await key('Control+Enter')
  expect(await answer()).toEqual({ spans: [], none: true })
})

test('the mouse marks what it selects; list and text point at each other', async () => {
  const { key, picker, marks, page, part } = await open(['One two three four five six seven eight nine ten.'])
  const box = await still(part('a:0').locator('p'))
  const drag = async (from: number, to: number) => {
    await page.mouse.move(box.x + from, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + to, box.y + box.height / 2, { steps: 4 })
    await page.mouse.up()
  }
  await drag(2, 120)
  await picker.waitFor()
  await key('a', '1', 'Enter')
  await picker.waitFor({ state: 'detached' })
  await drag(60, 200)
  await picker.waitFor()
  await key('f', '3', 'Enter')
  await picker.waitFor({ state: 'detached' })
  await expect.poll(() => marks.count()).toBe(2)
  const painted = (name: string) => expect.poll(async () => (await paintedText(page, name)).length)
  await painted('mark-0').toBeGreaterThan(4)
  await painted('mark-4').toBeGreaterThan(4)
  await painted('mark-over').toBeGreaterThan(2)
  await marks.nth(1).hover()
  await expect.poll(() => paintedText(page, 'mark-flash')).toBe(await paintedText(page, 'mark-4'))
  // Over the text: the entry is lit; a click takes the keyboard to it.
  await page.mouse.move(box.x + 10, box.y + box.height / 2)
  await page.locator('.mark-list li.active').filter({ hasText: 'Accuracy' }).waitFor()
  await page.mouse.click(box.x + 10, box.y + box.height / 2)
  await page.locator('.mark-entry:focus').filter({ hasText: 'Accuracy' }).waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => marks.count()).toBe(0)
  await expect.poll(() => paintedText(page, 'mark-0')).toBe('')
})

test('a finger is offered to mark what it has selected', async () => {
  const { key, picker, marks, page } = await open(['One two three four.'], errorsQuestion, {
    width: 390,
    height: 844,
  })
  await page.evaluate(`{
    const text = document.querySelector('[data-target="a:0"] p').firstChild
    const at = { bubbles: true, pointerType: 'touch' }
    text.parentElement.dispatchEvent(new PointerEvent('pointerdown', at))
    text.parentElement.dispatchEvent(new PointerEvent('pointercancel', at))
    document.getSelection().setBaseAndExtent(text, 4, text, 7)
  }`)
  await page.getByRole('button', { name: 'Mark selection' }).click()
  await picker.waitFor()
  await key('a', '1', 'Enter')
  await marks.filter({ hasText: 'two' }).waitFor()
})

const KITCHEN_SINK = `# Heading with *emphasis* and \`code\`

A paragraph with **bold *nested* text**, ~~gone~~, an escape \\*not emphasis\\*, an entity &amp; a [link with **bold**](https://example.org/a "t").
A soft break, then a hard one\\
and $x^2 + y$ inline, \\(z\\) too. 👨‍👩‍👧 e\u0301 שלום עולם 🏴󠁧󠁢󠁥󠁮󠁧󠁿 zero\u200Bwidth \u202Eturned\u202C.

> A quote
> over lines
>
> - with a list

1. first
2. second **item**
   - [x] done
   - [ ] open

| head | other \\| pipe |
| --- | :-: |
| \`a \\| b\` | *cell* |

\`\`\`ts
const greeting: string = 'hello' // comment
export function add(a: number, b: number) {
\treturn a + b
}
\`\`\`

    indented code
    second line

$$
\\int_0^1 x\\,dx
$$

![an image](https://example.org/i.png) <b>not html</b> and the end.`

test('whatever is selected is quoted from the source and painted where it was', async () => {
  const source = KITCHEN_SINK.replaceAll('\n', '\r\n')
  const { key, picker, page } = await open([source])
  await page.locator('.katex').nth(2).waitFor()
  await page.locator('pre span[style]').first().waitFor()
  // Places of the text where a selection can begin or end, and what is read between two of them.
  const count = (await page.evaluate(`{
    const skipped = 'figcaption, .box, .sr, .katex, .image-note'
    const walker = document.createTreeWalker(document.querySelector('[data-target="a:0"]'), NodeFilter.SHOW_TEXT,
      (node) => node.parentElement.closest(skipped) || node.data.trim() === '' ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT)
    const nodes = []
    while (walker.nextNode()) nodes.push(walker.currentNode)
    window.selectBetween = (one, other) => {
      const [first, last] = [one, other].map((n) => n % nodes.reduce((sum, node) => sum + node.length, 0)).sort((a, b) => a - b)
      let start, end, seen = 0, read = ''
      for (const node of nodes) {
        if (first >= seen && first < seen + node.length) start = [node, first - seen]
        if (last >= seen && last < seen + node.length) end = [node, last - seen + 1]
        const from = Math.max(0, first - seen), to = Math.min(node.length, last - seen + 1)
        if (from < to) read += node.data.slice(from, to)
        seen += node.length
      }
      document.getSelection().setBaseAndExtent(start[0], start[1], end[0], end[1])
      return read
    }
    nodes.reduce((sum, node) => sum + node.length, 0)
  }`)) as number
  expect(count).toBeGreaterThan(400)
  const plain = (text: string) => text.replace(/[\s|]/g, '')
  let seed = 7
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed
  }
  for (let round = 0; round < 30; round++) {
    const start = random()
    const [one, other] = [start, round % 2 === 0 ? start + (random() % 40) : random()]
    const read = (await page.evaluate(`selectBetween(${one}, ${other})`)) as string
    if (read.trim() === '') continue
    await key('m')
    await picker.waitFor()
    const painted = async () =>
      plain(
        (await page.evaluate(`[...(CSS.highlights.get('mark-pending') ?? [])].map((range) => {
          const within = range.commonAncestorContainer
          if ((within.closest ? within : within.parentElement).closest('.katex, .image-note')) return ''
          const copy = range.cloneContents()
          for (const each of copy.querySelectorAll('figcaption, .box, .sr, .katex, .image-note')) each.remove()
          return copy.textContent
        }).join('')`)) as string,
      )
    // Whole characters and wholes are painted, a few units more at either end.
    await expect.poll(painted).toContain(plain(read.trim()))
    expect((await painted()).length - plain(read).length).toBeLessThan(24)
    await key('a', '1', 'Enter')
    await picker.waitFor({ state: 'detached' })
  }
  // The server has checked every quote against the source.
  await key('Control+Enter')
  await page.getByText('No work for you here right now').waitFor()
})

test('of two questions that mark, the active one does', async () => {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const praise = {
    ...errorsQuestion,
    id: 'praise',
    label: 'Mark what is good',
    severities: [],
    comment: 'none',
  }
  const project = await launchForm(team, { blocks: blocks(), questions: [errorsQuestion, praise] }, [
    ['One two.'],
  ])
  const { page } = await site.visit(trainer, `/judge/${project.id}`)
  await page.getByRole('button', { name: 'Mark by keyboard' }).nth(1).waitFor()
  const picker = page.getByRole('dialog')
  const press = async (...keys: string[]) => {
    for (const each of keys) await page.keyboard.press(each)
  }
  const select = (from: number, to: number) =>
    page.evaluate(`{
      const text = document.querySelector('[data-target="a:0"] p').firstChild
      document.getSelection().setBaseAndExtent(text, ${from}, text, ${to})
    }`)
  await select(0, 3)
  await press('m')
  await picker.waitFor()
  await expect.poll(() => picker.count()).toBe(1)
  await press('a', '3', 'Enter')
  await picker.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Mark by keyboard' }).nth(1).focus()
  await expect.poll(() => paintedText(page, 'mark-4')).toBe('')
  await select(4, 7)
  await press('m')
  await picker.waitFor()
  await press('f', 'Enter')
  await picker.waitFor({ state: 'detached' })
  await expect.poll(() => paintedText(page, 'mark-2')).toBe('two')
  await press('Control+Enter')
  await page.getByText('No work for you here right now').waitFor()
  expect((await judgmentsOf(team, project.id)).t1?.[0]?.answer).toMatchObject({
    errors: { spans: [{ quote: 'One', severity: 'critical' }] },
    praise: { spans: [{ quote: 'two', category: 'fluency' }] },
  })
})

test('marking looks right in every light', async () => {
  const { key, picker, cursor, page } = await open([
    'Water **always** boils at 100 °C at sea level, and salt makes it boil *much* later.',
    'It boils at 10 °C.',
  ])
  await key('m')
  await focusOn(cursor)
  await key('ArrowRight', 'Shift+ArrowRight', 'Enter')
  await picker.waitFor()
  await key('a', '3', 'Enter')
  await picker.waitFor({ state: 'detached' })
  await focusOn(cursor)
  await key('ArrowRight', 'ArrowRight', 'Shift+ArrowRight')
  await lookAt(page, 'marking-errors-cursor', [])
  await key('Enter')
  await picker.waitFor()
  await lookAt(page, 'marking-errors-picker', [])
  await key('f', '1', 'Enter')
  await picker.waitFor({ state: 'detached' })
  await focusOn(cursor)
  await key('Escape')
  await cursor.waitFor({ state: 'detached' })
  await lookAt(page, 'marking-errors', [])
})
