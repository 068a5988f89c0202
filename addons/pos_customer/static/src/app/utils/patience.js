import { browser } from "@web/core/browser/browser";
import { ConnectionLostError } from "@web/core/network/rpc";

const PATIENCE = 10000; // ms

/**
 * The answer to a call, which does not hang: a network may swallow it without a word, and
 * then the connection counts as lost.
 *
 * @param {Promise} answer
 * @param {number} [more] ms, for what takes a slow line long to send
 */
export async function withPatience(answer, more = 0) {
    let timer;
    const tooLate = new Promise((_resolve, reject) => {
        timer = browser.setTimeout(() => reject(new ConnectionLostError()), PATIENCE + more);
    });
    try {
        return await Promise.race([answer, tooLate]);
    } finally {
        browser.clearTimeout(timer);
    }
}
