// Sits at the desk: looks at `endpaper serve` in headless Chromium, edits a chapter and waits for
// the page to change; clicks on a page and looks for its line; looks for a complaint.
//
// usage: node desk.mjs ADDRESS CHAPTER [--shot FILE]
// CHAPTER is a file of the book that is served; it may be changed, and is restored.
import { createRequire } from 'node:module'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { homedir } from 'node:os'

const judges = process.env.ENDPAPER_JUDGES ?? join(homedir(), '.cache/endpaper-judges')
const need = createRequire(join(process.env.ENDPAPER_READERS ?? join(judges, 'readers/node_modules'), 'x.js'))
const { chromium } = need('playwright-core')
const [address, chapter] = process.argv.slice(2)
const shot = process.argv.indexOf('--shot')

const fail = what => { console.error(`desk: ${what}`); process.exit(1) }
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
const page = await browser.newPage({ viewport: { width: 1500, height: 950 } })
page.on('pageerror', error => fail(error.message))
await page.goto(address)
await page.waitForSelector('#pages svg [data-at]')

// Side by side: a page has the word, and so has the section of the EPUB.
const on = word => `#pages svg [aria-label*="${word}"]`
await page.waitForFunction(() => document.querySelectorAll('#pages figure').length > 4)
for (const sheet of await page.$$('#pages .sheet')) await sheet.scrollIntoViewIfNeeded()
await page.waitForSelector(on('harbour'))

// From a page to its line.
const line = page.locator(on('photo register')).first()
await line.scrollIntoViewIfNeeded()
await line.click()
await page.waitForSelector('#source .here')
const path = await page.textContent('#path')
if (!path.includes(basename(chapter))) fail(`the line is in ${path}`)
const source = await page.textContent('#source .here')
// Waits until the section of the EPUB has these words.
const reads = words => page.waitForFunction(words => {
  const text = document.getElementById('reader').contentDocument?.documentElement.textContent
  return text?.includes(words)
}, words, { timeout: 10000 })
await reads('photo register')

// A change shows within a second.
const before = readFileSync(chapter, 'utf8')
const begun = Date.now()
writeFileSync(chapter, before.replace('the photo register', 'the **zeppelin** register') + '\n[gone](nowhere.md)\n')
await page.waitForSelector(on('zeppelin'), { timeout: 20000 })
const took = Date.now() - begun
await reads('zeppelin')
await page.waitForSelector('#complaints .error')
const complaint = await page.textContent('#complaints .error')
if (!complaint.includes('nowhere.md')) fail(`the complaint is ${complaint}`)
if (shot > 0) await page.screenshot({ path: process.argv[shot + 1] })

// The next change takes the complaint away.
writeFileSync(chapter, before)
await page.waitForFunction(() => !document.querySelector('#complaints .error'))
await browser.close()
console.log(JSON.stringify({ milliseconds: took, path, source }))
