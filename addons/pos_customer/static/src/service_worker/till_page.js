// @odoo-module ignore

/**
 * Reload a till without a connection, on whatever screen it is.
 *
 * Core keeps the page of the till under its first address only; each screen has an address
 * of its own, and all of them are the same page. Its texts are in the browser already, and
 * where nobody can be asked for newer ones there are none: without an answer the cashier
 * would see an error.
 */
self.addEventListener("fetch", (event) => {
    const { pathname, searchParams } = new URL(event.request.url);
    const [till] = pathname.match(/^\/pos\/ui\/\d+(?=\/)/) || [];
    const hash = searchParams.get("hash");
    const answer =
        (till && event.request.mode === "navigate" && (() => caches.match(till))) ||
        (hash && pathname === "/web/webclient/translations" && (() => Response.json({ hash })));
    if (answer) {
        event.stopImmediatePropagation();
        event.respondWith(fetch(event.request).catch(answer));
    }
});

