import { browser } from "@web/core/browser/browser";
import { ConnectionLostError } from "@web/core/network/rpc";

const PATIENCE = 10000; // ms

/**
 * The answer to a call, which does not hang: a network may swallow it without a word, and
 * then the connection counts as lost.
 */
export async function withPatience(answer) {
    let timer;
    const tooLate = new Promise((_resolve, reject) => {
        timer = browser.setTimeout(() => reject(new ConnectionLostError()), PATIENCE);
    });
    try {
        return await Promise.race([answer, tooLate]);
    } finally {
        browser.clearTimeout(timer);
    }
}
