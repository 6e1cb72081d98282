import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

const PROGRAM = '/usr/bin/chromium';

/** Why nothing can be opened here. */
export const noChromium: string | undefined = existsSync(PROGRAM) ? undefined : `there is no ${PROGRAM}`;

/** A page that was opened from the disk, and all that it said or asked for. */
export interface Opened {
  readonly page: Page;
  readonly address: string;
  /** Messages of the console and errors that nobody caught. */
  readonly said: readonly string[];
  /** Addresses other than its own. */
  readonly asked: readonly string[];
}

export interface Opening {
  readonly scheme?: 'light' | 'dark';
  readonly script?: boolean;
  readonly hash?: string;
}

/** A browser of its own, with the network off. */
export class Chromium {
  readonly #folder: string;
  readonly #contexts: BrowserContext[] = [];

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async start(): Promise<Chromium> {
    return new Chromium(await mkdtemp(join(tmpdir(), 'lab-page-')));
  }

  async open(html: string, { scheme = 'light', script = true, hash = '' }: Opening = {}): Promise<Opened> {
    const name = `page-${this.#contexts.length}`;
    const file = join(this.#folder, `${name}.html`);
    await writeFile(file, html);
    const context = await chromium.launchPersistentContext(join(this.#folder, `profile-of-${name}`), {
      executablePath: PROGRAM,
      headless: true,
      viewport: { width: 1280, height: 900 },
      colorScheme: scheme,
      javaScriptEnabled: script,
      offline: true,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    this.#contexts.push(context);
    const page = await context.newPage();
    const said: string[] = [];
    const asked: string[] = [];
    const own = pathToFileURL(file).href;
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith(own)) asked.push(request.url());
    });
    await page.goto(own + hash);
    if (script) await page.locator('html.live').waitFor();
    return { page, address: own, said, asked };
  }

  async close(): Promise<void> {
    await Promise.all(this.#contexts.map((context) => context.close()));
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
