import type { Browser, Page } from 'playwright-core';

const PASSWORD = 'correct horse battery';

/** Somebody comes in by a link and is signed in at the desk; what breaks on their page is added to `errors`. */
export async function joinDesk(browser: Browser, link: string, name: string, email: string, errors: string[]): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(link.replace('localhost', '127.0.0.1'));
  await page.locator('#name').fill(name);
  if ((await page.locator('#email').getAttribute('readonly')) === null) await page.locator('#email').fill(email);
  await page.locator('input[type=password]').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByText('Your account is ready').waitFor();
  await page.locator('#password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.locator('.queue').waitFor();
  return page;
}
