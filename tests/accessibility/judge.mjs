// Judges pages with axe-core in Chromium: node judge.mjs <url>...; CHROMIUM names the browser. Each page is looked at in light and dark
// colours, wide and at 320 CSS pixels (WCAG 1.4.10). Prints what is wrong and ends with 1 if anything is.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
let faults = 0;

for (const url of process.argv.slice(2)) {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [1280, 320]) {
      const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
      const blocked = [];
      page.on('console', message => message.type() === 'error' && blocked.push(message.text()));
      const foreign = [];
      page.on('request', request => new URL(request.url()).origin !== new URL(url).origin && foreign.push(request.url()));
      await page.goto(url);
      const where = `${url} ${colorScheme} ${width}px`;

      // The pages forbid scripts; evaluate works beside the page and is not bound by its policy.
      await page.evaluate(axe);
      const { violations } = await page.evaluate(options => globalThis.axe.run(document, options), rules);
      for (const violation of violations)
        report(where, `${violation.id}: ${violation.help} (${violation.nodes.map(node => node.target.join(' ')).join(', ')})`);
      const overflow = await page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
      if (overflow > 0) report(where, `the page is ${overflow} px wider than the window`);
      for (const text of blocked.filter(text => !text.includes('favicon'))) report(where, text);
      for (const address of foreign) report(where, `asks another origin: ${address}`);

      await page.keyboard.press('Tab');
      if (!(await page.evaluate(() => document.activeElement.classList.contains('skip')))) report(where, 'the first Tab does not reach the skip link');
      console.log(`looked at ${where}`);
      await page.close();
    }
  }
}

await browser.close();
process.exitCode = faults === 0 ? 0 : 1;

function report(where, fault) {
  faults++;
  console.log(`fault: ${where}: ${fault}`);
}
