const logError = console.error;

/** Core logs what a cut network does to it; a tour fails with any error that is logged. */
function expectLostConnections() {
    console.error = (...args) => {
        const text = args.map((arg) => arg?.message || String(arg)).join(" ");
        (/Connection (to|couldn't)|ConnectionLostError/.test(text) ? console.info : logError)(...args);
    };
}

/** See `tests/network.py`. */
export const network = (word) => ({
    content: `the network: ${word}`,
    trigger: "body",
    run: () => {
        expectLostConnections();
        return fetch(`/pos_customer_test_network?${word}`);
    },
});

/** The page that was reloaded without a connection expects none either. */
export const stillCut = () => ({ trigger: ".pos-topheader", run: () => expectLostConnections() });

export const pageIsKept = () => ({
    content: "the page is kept for times without a connection",
    trigger: "body",
    run: async () => {
        await navigator.serviceWorker.ready;
        for (let i = 0; i < 100; i++) {
            const cache = await caches.open("odoo-pos-cache");
            if ((await cache.keys()).length > 4) {
                return;
            }
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
        throw new Error("The service worker keeps nothing.");
    },
});

export const reload = () => ({
    content: "the page is loaded again",
    trigger: "body",
    run: () => window.location.reload(),
    expectUnloadPage: true,
});
