// Makes reports with the program and opens them in Chromium.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import axe from "axe-core";
import { chromium } from "playwright-core";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const program = path.resolve(process.env.ROLECALL_BIN ?? path.join(root, "target/debug/rolecall"));
const browserPath = process.env.CHROMIUM ?? "/usr/bin/chromium";

export const folder = fs.mkdtempSync(path.join(os.tmpdir(), "rolecall-browser-"));
export const file = (name) => path.join(folder, name);

/** Runs the program from the root of the repository and gives what it printed. */
export const rolecall = (...args) =>
  execFileSync(program, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "ignore"] });

let browser;
export const start = async () => {
  browser = await chromium.launch({
    executablePath: browserPath,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
};
export const stop = async () => {
  await browser?.close();
  fs.rmSync(folder, { recursive: true, force: true });
};

/** Opens a page; `problems` gathers whatever it complains of and whatever it asks of the network. */
export const open = async (name, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const problems = [];
  const address = pathToFileURL(file(name)).href;
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("request", (request) => {
    const url = request.url();
    if (url.split("#")[0] !== address && !url.startsWith("data:")) problems.push(`asked for ${url}`);
  });
  await page.goto(address);
  return { page, problems, close: () => context.close() };
};

/** The serious findings of axe, in a line each. */
export const complaints = async (page) => {
  await page.evaluate(axe.source);
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return result.violations
    .filter((violation) => ["serious", "critical", "moderate"].includes(violation.impact))
    .map((violation) => `${violation.impact} ${violation.id}: ${violation.nodes.slice(0, 3).map((node) => `${node.target} ${node.html.slice(0, 120)}`).join(" | ")}`);
};
