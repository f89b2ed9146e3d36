// node axe.mjs URL SCHEME WIDTH [PICTURE.png|PAPER.pdf] -> what axe-core finds on the page, what it asked of the network, what it wrote to the
// console, and how much wider than the window it is; as JSON on stdout. Needs playwright-core, axe-core and a Chromium.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(`${process.env.NODE_PACKAGES}/`);
const { chromium } = require("playwright-core");
const [url, scheme, width, picture] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"],
});
const context = await browser.newContext({
  bypassCSP: true, colorScheme: scheme, viewport: { width: Number(width), height: 1000 },
});
const page = await context.newPage();
const requests = [], messages = [];
page.on("request", (request) => requests.push(request.url()));
page.on("console", (message) => messages.push(message.text()));
page.on("pageerror", (error) => messages.push(String(error)));
await page.goto(url);
if (picture?.endsWith(".pdf")) await page.pdf({ path: picture, preferCSSPageSize: true });
else if (picture) await page.screenshot({ path: picture, fullPage: true });
await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations", "incomplete"] }));
const told = ({ id, help, nodes }) => ({ id, help, where: nodes.slice(0, 5).map((node) => [node.target.join(" "), node.failureSummary]) });
const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
console.log(JSON.stringify({
  violations: found.violations.map(told), incomplete: found.incomplete.map(told), requests: requests.filter((one) => one !== url), messages, overflow,
}, null, 1));
await browser.close();
