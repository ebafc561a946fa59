import { expect, test } from './support/console';
import { TopologyPage } from './support/topology-page';

test('says which route a request takes and why, and its address asks the same again', async ({
  page,
  deck,
}) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open('?selected=router:shop/web');
  const { inspector } = topology;
  await inspector.getByRole('tab', { name: 'Route tester' }).click();
  const answer = inspector.getByRole('region', { name: 'Answer' });
  await expect(answer).toContainText('Takes the route everyone');
  await expect(answer).toContainText('1 other is tried before it and passed over');
  // The way it takes is drawn over the graph, and goes with the tester.
  const way = page.locator('canvas[data-trail]');
  await expect(way).toHaveAttribute('data-trail', 'router:shop/web node:shop/web-v1');
  const candidates = inspector.getByRole('listitem').filter({ hasText: /priority \d/ });
  await expect(candidates).toContainText([/beta-testers.*Passed over.*no such header/s, /everyone.*Taken/s]);

  // The name that routes ask for is filled in; the value is typed.
  await inspector.getByRole('button', { name: 'Add a header' }).click();
  await expect(inspector.getByLabel('Name', { exact: true })).toBeFocused();
  await expect(inspector.getByLabel('Name', { exact: true })).toHaveValue('x-beta-tester');
  await page.keyboard.press('Tab');
  await page.keyboard.type('no');
  await expect(candidates.first()).toContainText('its value is no');
  await inspector.getByRole('button', { name: 'Change the request to fit beta-testers' }).click();
  await expect(answer).toContainText('Takes the route beta-testers');
  await expect(answer).toContainText('shop/web-v2');
  await expect(way).toHaveAttribute('data-trail', 'router:shop/web node:shop/web-v2');
  await expect(candidates.last()).toContainText('would fit too');

  await page.reload();
  await expect(answer).toContainText('Takes the route beta-testers');
  await expect(inspector.getByLabel('Value', { exact: true })).toHaveValue('true');
  await inspector.getByRole('button', { name: 'Remove x-beta-tester' }).press('Enter');
  await expect(answer).toContainText('Takes the route everyone');
  await inspector.getByRole('button', { name: 'Show this route' }).click();
  await expect(topology.editor('everyone')).toBeVisible();
});

test('follows a pasted request through a gateway to the router behind it', async ({
  page,
  deck,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: deck.url });
  const topology = new TopologyPage(page, deck.url);
  await topology.open('?selected=gateway:shop/edge&tab=tester');
  const { inspector } = topology;
  const command = `curl -sS 'http://api.shop.example:8080/v1/orders/7?full=1' \\\n  -H 'x-partner-key: k-7'`;
  await page.evaluate((text) => navigator.clipboard.writeText(text), command);
  const path = inspector.getByLabel('Path and query');
  await path.fill('');
  await expect(inspector.getByText('Put the marked fields right')).toBeVisible();
  await expect(path).toHaveAttribute('aria-invalid', 'true');
  await path.press('ControlOrMeta+V');
  await expect(path).toHaveValue('/v1/orders/7?full=1');
  await expect(inspector.getByLabel('Host')).toHaveValue('api.shop.example');
  await expect(inspector.getByRole('region', { name: 'Answer' })).toContainText(
    'Takes the route shop/partner-orders',
  );
  await expect(inspector).toContainText('GET orders.shop.svc.cluster.local/orders/7?full=1');
  await inspector.getByRole('button', { name: 'Test it there' }).click();
  await expect(inspector.getByRole('heading', { name: 'orders', exact: true })).toBeVisible();
  await expect(path).toHaveValue('/orders/7?full=1');
  await expect(inspector.getByRole('region', { name: 'Answer' })).toContainText('Takes the route history');
});

test('says what is missing where no route takes a request', async ({ page, deck, context }) => {
  const request = encodeURIComponent('grpc :9090/shop.inventory.v1.Inventory/Get\nx-warehouse: eu');
  await context.addCookies([{ name: 'meshdeck-locale', value: 'ko', url: deck.url }]);
  await page.goto(
    `${deck.url}/sources/sandbox/meshes/shop/topology?selected=gateway:shop/edge&tab=tester&request=${request}`,
  );
  const answer = page.getByRole('region', { name: '결과' });
  await expect(answer).toContainText('맞는 라우트가 없습니다');
  await expect(answer).toContainText('UNIMPLEMENTED');
  await expect(answer).toContainText('shop/warehouse-stock');
  await expect(page.getByText('grpc이(가) 아닌 라우트 5개')).toBeVisible();
  await answer.getByRole('button', { name: '요청 맞추기' }).click();
  await expect(answer).toContainText('shop/warehouse-stock 라우트로 갑니다');
});
