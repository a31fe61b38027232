// In charge of the tablet's page and of nothing else: with a network the page is fresh, without one it is the last
// that was fresh. Once the server says that the tablet is closed, nothing is kept.
const CACHE = "kiosk";
const PATIENCE = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.mode !== "navigate") event.respondWith(part(request));
  else if (pathname === new URL(self.registration.scope).pathname) event.respondWith(page(request));
});

async function page(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request.url, { ignoreVary: true });
  try {
    const fresh = await within(fetch(request), kept ? PATIENCE : 60000);
    if (fresh.ok && fresh.headers.get("X-Kiosk")) await cache.put(request.url, fresh.clone());
    else if (fresh.ok && !fresh.redirected) await caches.delete(CACHE);
    return fresh;
  } catch (unreachable) {
    return kept || Response.error();
  }
}

// Pictures, styles and scripts carry their version in their name, so what is kept is right.
async function part(request) {
  const kept = await caches.match(request, { cacheName: CACHE, ignoreVary: true });
  return kept || fetch(request);
}

function within(promise, milliseconds) {
  return Promise.race([
    promise,
    new Promise((resolve, reject) => setTimeout(() => reject(new Error("slow")), milliseconds)),
  ]);
}
