// Opens an EPUB as readers do, and looks at what they would see:
//   foliate-js and epub.js in headless Chromium: contents, page list, landmarks, every document
//   rendered on white and on black; Readium's parser: title, people with roles, series, pages.
//
// usage: node read.mjs BOOK.epub [--pages N] [--golden FILE] [--shots DIR]
//   --pages   how many pages the PDF has: the page list must have as many
//   --golden  fingerprints of the screens; with BLESS=1 they are written, else compared
//   --shots   keep the screens as PNG files
// The modules are found in $ENDPAPER_JUDGES/readers. Exit code 0: all is as it should be.
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, extname, join, resolve } from 'node:path'
import { homedir } from 'node:os'

const judges = process.env.ENDPAPER_JUDGES ?? join(homedir(), '.cache/endpaper-judges')
const modules = process.env.ENDPAPER_READERS ?? join(judges, 'readers/node_modules')
const need = createRequire(join(modules, 'x.js'))
const { chromium } = need('playwright-core')
const { PNG } = need('pngjs')

const book = resolve(process.argv[2])
const option = name => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : process.argv[at + 1]
}
const faults = []
const check = (good, what) => { if (!good) faults.push(what) }
const said = []

// The width of a small e-reader; two themes that a book's own colours would fight with.
const SCREEN = { width: 600, height: 800 }
const THEMES = { light: ['rgb(255, 255, 255)', 'rgb(0, 0, 0)'], dark: ['rgb(0, 0, 0)', 'rgb(255, 255, 255)'] }
// A screen is told by the mean brightness of so many fields.
const FIELDS = { columns: 12, rows: 16 }
// How far the mean of all fields may be from what it was: other faces of the system shift lines.
const TOLERANCE = 14

const page = `<!doctype html><meta charset="utf-8"><style>html,body{margin:0;height:100%}
foliate-view,#area{display:block;width:100%;height:100%}</style><body>`

function serve() {
  const types = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.epub': 'application/epub+zip', '.html': 'text/html' }
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://x').pathname)
    const file = path === '/book.epub' ? book : join(modules, path)
    if (path === '/') return response.setHeader('content-type', 'text/html').end(page)
    if (!existsSync(file) || path.endsWith('/')) return response.writeHead(404).end()
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream')
    response.end(readFileSync(file))
  })
  return new Promise(done => server.listen(0, '127.0.0.1', () => done(server)))
}

/// Text that does not take the theme's colours; run inside of a document of the book. In formulas
/// an author may colour signs, if they are read at 4.5:1 in every theme (WCAG 2.2, 1.4.3).
function fights(document, [ground, ink]) {
  const found = []
  const luminance = colour => {
    const [red, green, blue] = colour.match(/\d+/g).map(value => {
      const share = value / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const contrast = (a, b) => {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y)
    return (light + 0.05) / (dark + 0.05)
  }
  const isRead = (element, colour) => element.closest('math') && contrast(colour, ground) >= 4.5
  for (const element of document.querySelectorAll('body, body *')) {
    const own = [...element.childNodes].some(n => n.nodeType === 3 && n.data.trim())
    const style = document.defaultView.getComputedStyle(element)
    if (own && style.color !== ink && !isRead(element, style.color)) found.push(`${element.localName}.${element.className}: ${style.color}`)
    // Pictures bring their paper with them. A tint through which the theme is seen is no ground of its own.
    const opacity = Number(style.backgroundColor.match(/rgba\(.*, (.*)\)/)?.[1] ?? 1)
    if (opacity > 0.3 && element.localName !== 'img' && style.backgroundColor !== ground) found.push(`${element.localName}: ${style.backgroundColor}`)
  }
  return found
}

const wide = document => document.documentElement.scrollWidth

async function foliate(browser, origin) {
  const tab = await browser.newPage({ viewport: SCREEN })
  tab.on('pageerror', error => faults.push(`foliate-js: ${error.message}`))
  await tab.goto(origin)
  const info = await tab.evaluate(async () => {
    await import('/foliate-js/view.js')
    const blob = await (await fetch('/book.epub')).blob()
    const view = document.createElement('foliate-view')
    document.body.append(view)
    await view.open(new File([blob], 'book.epub', { type: 'application/epub+zip' }))
    globalThis.view = view
    const flat = list => (list ?? []).flatMap(item => [item.label.trim(), ...flat(item.subitems)])
    const { toc, pageList, landmarks, metadata, sections, dir } = view.book
    const text = value => typeof value === 'object' && value ? Object.values(value)[0] : value
    return {
      toc: flat(toc), pages: flat(pageList), landmarks: (landmarks ?? []).map(l => l.type?.[0]),
      title: text(metadata.title), sections: sections.map(s => s.id), dir,
      people: ['author', 'editor', 'translator', 'illustrator', 'contributor'].flatMap(role => metadata[role] ?? []).map(p => text(p.name)),
      series: metadata.belongsTo?.series && text([metadata.belongsTo.series].flat()[0].name),
    }
  })
  for (const [theme, colours] of Object.entries(THEMES)) {
    await tab.evaluate(([ground, ink]) => {
      view.renderer.setAttribute('flow', 'paginated')
      view.renderer.setAttribute('max-column-count', '1')
      document.body.style.background = ground
      view.renderer.setStyles(`html { background: ${ground}; color: ${ink} } a:any-link { color: inherit }`)
    }, colours)
    for (const [index, id] of info.sections.entries()) {
      const fought = await tab.evaluate(async ([index, colours, source]) => {
        await view.renderer.goTo({ index, anchor: 0 })
        const shown = view.renderer.getContents().find(c => c.index === index)
        await shown.doc.fonts.ready
        await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
        return new Function(`return ${source}`)()(shown.doc, colours)
      }, [index, colours, fights.toString()])
      check(fought.length === 0, `foliate-js, ${theme}, ${id}: ${[...new Set(fought)].slice(0, 3)}`)
      await screen(tab, `foliate ${theme} ${basename(id)}`)
    }
  }
  await tab.close()
  return info
}

async function epubjs(browser, origin) {
  const tab = await browser.newPage({ viewport: SCREEN })
  tab.on('pageerror', error => faults.push(`epub.js: ${error.message}`))
  await tab.goto(origin)
  await tab.addScriptTag({ url: '/jszip/dist/jszip.min.js' })
  await tab.addScriptTag({ url: '/epubjs/dist/epub.js' })
  const info = await tab.evaluate(async () => {
    const area = document.createElement('div')
    area.id = 'area'
    document.body.append(area)
    const book = ePub(await (await fetch('/book.epub')).arrayBuffer())
    await book.ready
    globalThis.rendition = book.renderTo(area, { width: 600, height: 800, spread: 'none' })
    const flat = list => list.flatMap(item => [item.label.trim(), ...flat(item.subitems ?? [])])
    const { toc, landmarks } = book.navigation
    return {
      toc: flat(toc), landmarks: landmarks.map(l => l.type),
      pages: (book.pageList?.pageList ?? []).length, title: book.packaging.metadata.title,
      sections: book.spine.spineItems.map(s => s.href),
    }
  })
  for (const [theme, colours] of Object.entries(THEMES)) {
    await tab.evaluate(async ([theme, [ground, ink]]) => {
      document.body.style.background = ground
      rendition.themes.register(theme, { body: { background: ground, color: ink } })
      rendition.themes.select(theme)
    }, [theme, colours])
    for (const href of info.sections) {
      await tab.evaluate(async href => {
        await rendition.display(href)
        await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
      }, href)
      await screen(tab, `epubjs ${theme} ${href}`)
    }
  }
  await tab.close()
  return info
}

/// What the package says: everybody with a role, and the series.
async function packaged() {
  const zip = await need('jszip').loadAsync(readFileSync(book))
  const opf = await zip.file('OEBPS/content.opf').async('string')
  const plain = text => text?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
  const refined = (id, property) =>
    plain(opf.match(new RegExp(`refines="#${id}" property="${property}"[^>]*>([^<]*)<`))?.[1])
  const people = [...opf.matchAll(/<dc:(?:creator|contributor) id="([^"]+)">([^<]*)</g)]
  const series = plain(opf.match(/belongs-to-collection" id="series">([^<]*)</)?.[1])
  return {
    people: people.map(([, id, name]) => `${plain(name)} (${refined(id, 'role')})`),
    series: series && [`${series} ${refined('series', 'group-position') ?? ''}`.trim()],
  }
}

async function readium() {
  const from = 'r2-shared-js/dist/es8-es2017/src'
  const { initGlobalConverters_GENERIC, initGlobalConverters_SHARED } = need(`${from}/init-globals`)
  const { EpubParsePromise } = need(`${from}/parser/epub`)
  initGlobalConverters_SHARED()
  initGlobalConverters_GENERIC()
  const publication = await EpubParsePromise(book)
  const { Metadata: metadata, PageList: pages, Landmarks: landmarks, TOC: toc } = publication
  const text = value => typeof value === 'object' && value ? Object.values(value)[0] : value
  const roles = { Author: 'aut', Editor: 'edt', Translator: 'trl', Illustrator: 'ill', Contributor: '' }
  const people = Object.entries(roles).flatMap(([role, code]) =>
    (metadata[role] ?? []).map(p => `${text(p.Name)} (${p.Role?.[0] ?? code})`))
  return {
    title: text(metadata.Title), people, pages: pages?.map(p => p.Title) ?? [],
    series: metadata.BelongsTo?.Series?.map(s => `${text(s.Name)} ${s.Position ?? ''}`.trim()),
    landmarks: landmarks?.length ?? 0, toc: toc?.length ?? 0,
    features: metadata.AccessibilityFeature ?? metadata.Accessibility?.Feature ?? [],
  }
}

const prints = new Map()

/// Takes a picture of the window and keeps its fingerprint. An empty one is a fault.
async function screen(tab, name) {
  const bytes = await tab.screenshot()
  if (option('shots')) {
    mkdirSync(option('shots'), { recursive: true })
    writeFileSync(join(option('shots'), `${name.replaceAll(/[ /]/g, '-')}.png`), bytes)
  }
  const { width, height, data } = PNG.sync.read(bytes)
  const sums = new Array(FIELDS.columns * FIELDS.rows).fill(0)
  let least = 255, most = 0
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
    const at = (y * width + x) * 4
    const grey = (data[at] * 3 + data[at + 1] * 6 + data[at + 2]) / 10
    least = Math.min(least, grey)
    most = Math.max(most, grey)
    sums[Math.floor(y * FIELDS.rows / height) * FIELDS.columns + Math.floor(x * FIELDS.columns / width)] += grey
  }
  check(most - least > 100, `${name}: nothing is to be seen`)
  const area = width * height / sums.length
  prints.set(name, sums.map(sum => Math.round(sum / area).toString(16).padStart(2, '0')).join(''))
}

function compare(file) {
  if (process.env.BLESS === '1') {
    const lines = [...prints].map(([name, print]) => `${print} ${name}\n`)
    return writeFileSync(file, lines.join(''))
  }
  const golden = new Map(readFileSync(file, 'utf8').trim().split('\n')
    .map(line => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' '))]))
  for (const [name, print] of prints) {
    const values = text => text?.match(/../g)?.map(v => parseInt(v, 16)) ?? []
    const [is, was] = [values(print), values(golden.get(name))]
    const mean = is.reduce((sum, v, at) => sum + Math.abs(v - (was[at] ?? 0)), 0) / is.length
    check(was.length > 0, `${name}: it has no fingerprint; BLESS=1 makes one`)
    check(was.length === 0 || mean <= TOLERANCE, `${name}: it looks different (${mean.toFixed(1)} of 255)`)
  }
  for (const name of golden.keys()) check(prints.has(name), `${name}: it is not there any more`)
}

const server = await serve()
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
try {
  const origin = `http://127.0.0.1:${server.address().port}/`
  const [a, b, c] = [await foliate(browser, origin), await epubjs(browser, origin), await readium()]
  const d = await packaged()
  const same = (one, two, what) => check(JSON.stringify(one) === JSON.stringify(two), `${what}: ${JSON.stringify(one)} and ${JSON.stringify(two)}`)
  same(a.toc, b.toc, 'contents of foliate-js and epub.js')
  same(a.title, c.title, 'title of foliate-js and Readium')
  same(a.pages, c.pages, 'pages of foliate-js and Readium')
  same(c.people.sort(), d.people.sort(), 'people of Readium and of the package')
  same(c.series, d.series, 'series of Readium and of the package')
  const nameless = people => people.map(name => name.replace(/ \(...\)$/, '')).sort()
  same(a.people.sort(), nameless(d.people), 'people of foliate-js and of the package')
  same(a.series, d.series && d.series[0].replace(/ \S+$/, ''), 'series of foliate-js and of the package')
  same(a.landmarks.length, b.landmarks.length, 'landmarks of foliate-js and epub.js')
  check(a.landmarks.includes('bodymatter') && a.landmarks.includes('cover'), `landmarks: ${a.landmarks}`)
  check(a.toc.length > 0 && a.toc.every(Boolean), 'contents: a line is empty')
  if (option('pages')) same(a.pages.length, Number(option('pages')), 'pages of the EPUB and of the PDF')
  if (option('golden')) compare(option('golden'))
  said.push(`${a.title}: ${a.toc.length} lines of contents, ${a.pages.length} pages, ${a.landmarks.length} landmarks, ${a.sections.length} documents, ${prints.size} screens; Readium: ${c.people.join(', ')}; series ${c.series ?? '-'}`)
} finally {
  await browser.close()
  server.close()
}
console.log(said.join('\n'))
for (const fault of faults) console.log(`  ${fault}`)
process.exitCode = faults.length ? 1 : 0
