// In charge of the field page and of nothing else: the page that is kept comes first, so that it opens without a
// network and without anybody signed in. It holds nothing of anybody. The page itself sees to it that it is fresh.
const CACHE = "field";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  const isPage = request.mode === "navigate" && pathname === new URL(self.registration.scope).pathname;
  if (isPage || request.mode !== "navigate") event.respondWith(kept(request));
});

async function kept(request) {
  const found = await caches.match(request.url, { cacheName: CACHE, ignoreVary: true });
  return found || fetch(request);
}
